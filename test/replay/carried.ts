import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { Sent } from '../../contract/sent.ts';
import type { Suite } from '../workflows/suite.ts';

/** What a run of one type carried through a continue-as-new while it waited, in clear: its data is invented. */
export interface CarriedState {
  workflowId: string;
  /** The input, and the state of the run before. */
  args: [input: object, state: Record<string, unknown>];
  /** What the run's own query answered then. */
  shown: unknown;
}

function fileOf(type: string): string {
  return path.resolve(`test/replay/carried/${type}.json`);
}

export function hasCarried(type: string): boolean {
  return existsSync(fileOf(type));
}

export function carriedOf(type: string): CarriedState {
  return JSON.parse(readFileSync(fileOf(type), 'utf8')) as CarriedState;
}

/** Writes one that is not there yet; one that is, is a release's and is never written again. */
export function writeCarried(type: string, carried: CarriedState): void {
  writeFileSync(fileOf(type), `${JSON.stringify(carried, undefined, 2)}\n`, { flag: 'wx' });
}

/** What the open run of this id has begun with; the state is missing in one that has not continued another. */
export async function argumentsOf({ temporal }: Suite, handle: WorkflowHandle): Promise<unknown[]> {
  const { payloadConverter, payloadCodecs } = temporal.client.options.loadedDataConverter;
  const { runId } = await handle.describe();
  const { events } = await temporal.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
  const payloads = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads!;
  const context = { type: 'workflow', namespace: 'default', workflowId: handle.workflowId } as const;
  const opened = await payloadCodecs[0]!.decode(payloads, context);
  return opened.flatMap((payload) => payloadConverter.fromPayload<Sent>(payload).args);
}
