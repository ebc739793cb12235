import { readFileSync } from 'node:fs';
import type { Payload } from '@temporalio/common';
import { Client, type WorkflowHandle } from '@temporalio/client';
import * as messages from '../../../contract/messages.ts';
import { createDataConverter } from '../../../encryption/data-converter.ts';
import { edited } from '../../replay/edits.ts';
import { permanent } from '../scripted-provider.ts';
import { eventually, keyRing, type Onboarding, type Suite } from '../suite.ts';

/** Workflows that do not look what a message was sealed as, or for which run. */
export function trusting(): { code: string; sourceMap: string } {
  const bundle = readFileSync(process.env.TEST_WORKFLOW_BUNDLE!, 'utf8');
  const edits: [RegExp, string][] = [
    [/sent\.sealedAs === sealedAs/, 'true'],
    [/isOfChain && isOfInput/, 'true'],
    [/\|\| isOfStart\(sent, info\)/, '|| true'],
  ];
  return { code: edits.reduce((code, edit) => edited(code, edit), bundle), sourceMap: '' };
}

/** What the server keeps of the messages of a run, sealed: for whoever has access to the namespace. */
async function captured(handle: WorkflowHandle): Promise<{ input: Payload; signal?: Payload; update?: Payload }> {
  const { events } = await handle.fetchHistory();
  const first = (found: (Payload | undefined)[]) => found.find((payload) => payload !== undefined);
  const input = events![0]!.workflowExecutionStartedEventAttributes!.input!.payloads![0]!;
  const signal = first(events!.map((event) => event.workflowExecutionSignaledEventAttributes?.input?.payloads?.[0]));
  const update = first(
    events!.map(
      (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.args?.payloads?.[0],
    ),
  );
  return { input, ...(signal && { signal }), ...(update && { update }) };
}

/** Sends what was captured for every argument, and reads the answers so that the test can. */
function replayerOf({ temporal: { connection } }: Suite, payload: Payload): Client {
  const { payloadCodecs = [], ...converter } = createDataConverter(keyRing);
  const codec = { ...payloadCodecs[0]!, encode: async (payloads: Payload[]) => payloads.map(() => payload) };
  return new Client({ connection, dataConverter: { ...converter, payloadCodecs: [codec] } });
}

const FIRST = { path: 'person.email', value: 'first@example.com' };
const SECOND = { path: 'person.email', value: 'second@example.com' };

/** A run whose address was corrected twice, and that still calls for a person. */
async function correctedTwice(suite: Suite, reference?: string): Promise<Onboarding> {
  suite.provider.fail('createAccount', permanent('Invalid'));
  const run = await suite.start(reference === undefined ? {} : { reference });
  await run.until(({ attention }) => attention !== undefined);
  await run.handle.executeUpdate(messages.correct, { args: [FIRST] });
  await run.handle.executeUpdate(messages.correct, { args: [SECOND] });
  return run;
}

/** Each answers whether what was replayed was taken. */
export const REPLAYS: Record<string, (suite: Suite) => Promise<boolean>> = {
  'the first correction, under a new update id': async (suite) => {
    const run = await correctedTwice(suite);
    const { update } = await captured(run.handle);
    const taken = await isTaken(() => replayed(suite, update!, run).executeUpdate(messages.correct, { args: [FIRST] }));
    await cancelled(run.handle);
    return taken;
  },
  'a correction as another update': async (suite) => {
    const run = await correctedTwice(suite);
    const { update } = await captured(run.handle);
    const taken = await isTaken(() =>
      replayed(suite, update!, run).executeUpdate(messages.addMember, { args: [MEMBER] }),
    );
    await cancelled(run.handle);
    return taken;
  },
  'a correction of a former run of the reference': async (suite) => {
    const former = await correctedTwice(suite);
    await cancelled(former.handle);
    const { events } = await former.handle.fetchHistory();
    const accepted = events!.find((event) => event.workflowExecutionUpdateAcceptedEventAttributes)!;
    const { meta } = accepted.workflowExecutionUpdateAcceptedEventAttributes!.acceptedRequest!;
    const { update } = await captured(former.handle);
    const later = await correctedTwice(suite, former.reference);
    const run = replayed(suite, update!, later);
    const taken = await isTaken(() =>
      run.executeUpdate(messages.correct, { args: [FIRST], updateId: meta!.updateId! }),
    );
    await cancelled(later.handle);
    return taken;
  },
  'the input of a start as the argument of a signal': async (suite) => {
    const run = await correctedTwice(suite);
    const { input } = await captured(run.handle);
    await replayed(suite, input, run).signal(messages.cancelAsked, {});
    await cancelled(run.handle);
    return JSON.stringify(await run.handle.query(messages.decisions)).includes('"cancel"');
  },
  'the input of an onboarding as that of an offboarding under its id': async (suite) => {
    const run = await correctedTwice(suite);
    const { input } = await captured(run.handle);
    await cancelled(run.handle);
    const begun = await replayerOf(suite, input).workflow.start(messages.OFFBOARD_CUSTOMER, {
      workflowId: run.id,
      taskQueue: suite.temporal.taskQueue,
      args: [{}],
    });
    const events = await eventually(
      async () => (await begun.fetchHistory()).events!,
      (all) =>
        all.some((one) => one.activityTaskScheduledEventAttributes ?? one.workflowExecutionFailedEventAttributes),
    );
    const isRefused = events.some((event) => event.workflowExecutionFailedEventAttributes);
    if (!isRefused) await begun.terminate();
    return !isRefused;
  },
};

const MEMBER = { reference: 'm-1', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };

function replayed(suite: Suite, payload: Payload, { handle }: Onboarding): WorkflowHandle {
  return replayerOf(suite, payload).workflow.getHandle(handle.workflowId);
}

async function cancelled(handle: WorkflowHandle): Promise<void> {
  await handle.cancel();
  await handle.result().catch(() => undefined); // It ends as cancelled.
}

async function isTaken(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    const sentence = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return !/^input: (could not be opened|was sealed for another run)/.test(sentence);
  }
}
