import type { WorkflowHandle } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { ActivityName } from '../../../contract/activities.ts';
import type { AttentionProgress, WaitProgress } from '../../../contract/progress.ts';
import { memberProgress } from '../../../contract/messages.ts';
import { changesOf, newEmail } from '../change/changes.ts';
import { offboard } from '../offboarding/offboardings.ts';
import { transient } from '../scripted-provider.ts';
import { eventually, type Suite } from '../suite.ts';

/** Calls for an operator at once, so that the slow retries can be met. */
const QUICK = { attention: { after: 'PT1S', retryEvery: 'PT1S' } };
const anna = { reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' } };

/** A run, as a test of what it leaves behind needs it. */
export interface Journey {
  handle: WorkflowHandle;
  /** The run that makes the call. */
  caller: WorkflowHandle;
  attention: () => Promise<AttentionProgress | undefined>;
  /** Whether the caller waits for a person. */
  waits: () => Promise<boolean>;
  /** What the run says at its end about what has become of the account. */
  record: () => Promise<unknown>;
}

export async function onboarding(suite: Suite, request: Parameters<Suite['start']>[0] = {}): Promise<Journey> {
  const run = await suite.start({
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' },
    ssnMonitoring: true,
    watchlists: [{ kind: 'email', value: 'ada@example.com' }],
    ...request,
    policy: { ...QUICK, ...request.policy },
  });
  const record = async () => (await run.progress()).outcome;
  return { handle: run.handle, caller: run.handle, ...asking(run.progress), record };
}

export async function newAddress(suite: Suite): Promise<Journey> {
  const changes = changesOf(suite, { policy: QUICK });
  await changes.ask(newEmail);
  const record = async () => (await changes.progress()).changes.map(({ status }) => status).join();
  return { handle: changes.handle, caller: changes.handle, ...asking(changes.progress), record };
}

export async function offboarding(suite: Suite): Promise<Journey> {
  const full = { members: ['anna'], watchlistItems: ['ada@example.com'], ssnMonitoring: true };
  Object.assign(suite.provider.account, full);
  const run = await offboard(suite, { keepFor: 'PT0S', policy: QUICK });
  const record = async () => {
    const { removed, remainder } = await run.progress();
    return [...removed.map(({ what }) => what), ...remainder.map(({ step, code }) => `${step} ${code}`)].join();
  };
  return { handle: run.handle, caller: run.handle, ...asking(run.progress), record };
}

/** A member that is being brought in; what stops it is the customer's end. */
export async function member(suite: Suite): Promise<Journey> {
  const run = await suite.start({ kind: 'family', members: [anna], policy: QUICK });
  const caller = run.member('anna');
  const record = async () => (await run.progress()).members.map(({ status }) => status).join();
  return { handle: run.handle, caller, ...asking(() => caller.query(memberProgress)), record };
}

function asking(progress: () => Promise<{ attention?: AttentionProgress; wait?: WaitProgress }>) {
  return {
    attention: async () => (await progress()).attention,
    waits: async () => (await progress()).wait !== undefined,
  };
}

/**
 * Brings the run into trouble with this call, and the slow retry of it to the provider, where it stays until `release`: the call is under way
 * when whatever the test does comes.
 */
export async function retryUnderWay(
  { provider }: Suite,
  call: ActivityName,
  open: () => Promise<Journey>,
): Promise<{ journey: Journey; release: () => void }> {
  provider.failForever(call, transient('Unavailable', 100));
  const journey = await open();
  await eventually(journey.attention, (attention) => attention !== undefined, 30_000);
  const held = provider.hold(call);
  await held.entered;
  provider.failForever(call, undefined);
  return { journey, release: held.release };
}

/** Cancels, and lets the call go on once the cancel has come to it. Answers what the run has begun beside it meanwhile. */
export async function cancelledBeside(
  { handle, caller }: Pick<Journey, 'handle' | 'caller'>,
  release: () => void,
): Promise<string[]> {
  await handle.cancel();
  const events = await toldToStop(caller);
  release();
  await handle.result().catch(() => undefined);
  return events.flatMap(({ activityTaskScheduledEventAttributes: of }) => of?.activityType?.name ?? []);
}

/** Once the call has been told to stop: the events from there on. */
export async function toldToStop(caller: WorkflowHandle) {
  const asked = ({ activityTaskCancelRequestedEventAttributes: told }: temporal.api.history.v1.IHistoryEvent) => told;
  const events = await eventually(
    async () => (await caller.fetchHistory()).events!,
    (all) => all.some(asked),
  );
  return events.slice(events.findIndex(asked));
}
