import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import type { Sent } from '../../contract/sent.ts';
import type { ClientSuite } from './suite.ts';

/** What a run was started with and asked for, in order, opened with the suite's key. */
export async function onRecord({ temporal }: ClientSuite, workflowId: string): Promise<unknown[]> {
  const { client } = temporal;
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const sealed = events!.flatMap((event): Payload[] => [
    ...(event.workflowExecutionStartedEventAttributes?.input?.payloads ?? []),
    ...(event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads ?? []),
  ]);
  let opened = sealed;
  for (const codec of client.options.loadedDataConverter.payloadCodecs) opened = await codec.decode(opened);
  return opened.flatMap((payload) => defaultPayloadConverter.fromPayload<Sent>(payload).args);
}
