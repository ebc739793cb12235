import { memberId } from '../../contract/ids.ts';
import { emailVerified } from '../../contract/messages.ts';
import { changesOf, newEmail } from '../workflows/change/changes.ts';
import { looked } from '../workflows/event/deliveries.ts';
import { offboard } from '../workflows/offboarding/offboardings.ts';
import { openSuite, type Suite } from '../workflows/suite.ts';

const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
let suite: Suite;
afterEach(() => suite.close());

/** Event types that Temporal Cloud bills as one action each (a child workflow counts two, at its start). */
const ACTIONS: Record<string, number> = {
  workflowExecutionStartedEventAttributes: 1,
  activityTaskScheduledEventAttributes: 1,
  timerStartedEventAttributes: 1,
  workflowExecutionSignaledEventAttributes: 1,
  workflowExecutionUpdateAcceptedEventAttributes: 1,
  upsertWorkflowSearchAttributesEventAttributes: 1,
  startChildWorkflowExecutionInitiatedEventAttributes: 1,
};

interface Cost {
  events: number;
  actions: number;
  bytes: number;
}

/** By default of the newest run. */
async function costOf(workflowId: string, runId?: string): Promise<Cost> {
  const handle = suite.temporal.client.workflow.getHandle(workflowId, runId);
  const { events } = await handle.fetchHistory();
  const own = events!.filter((event) => !event.workerMayIgnore);
  const actions = own.reduce((sum, event) => sum + (ACTIONS[event.attributes!] ?? 0), 0);
  process.stdout.write(
    `${own.length} events, ${actions} actions, ${Number((await handle.describe()).historySize)} bytes\n`,
  );
  return { events: own.length, actions, bytes: Number((await handle.describe()).historySize) };
}

/** Fewer events are no concern: a busy machine does in one workflow task what an idle one does in two. */
function change({ events, actions }: Cost, bar: Omit<Cost, 'bytes'>): object {
  return { moreEvents: Math.max(0, events - bar.events), actions: actions - bar.actions };
}

const NONE = { moreEvents: 0, actions: 0 };

/** The numbers are a promise to whoever pays the bill: an increase is a decision, made by changing them here. */
it.each([
  [1, { events: 45, actions: 10 }, 13_600],
  [2, { events: 51, actions: 11 }, 15_300],
])('costs this much to onboard a customer with SSN, monitoring and %i watchlists', async (count, bar, bytes) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  const run = await suite.start({
    person: { ...person, ssn: '19900101-1234' },
    ssnMonitoring: true,
    watchlists: [
      { kind: 'email' as const, value: 'ada@example.com' },
      { kind: 'phone' as const, value: '+46701234567' },
    ].slice(0, count),
  });
  await run.result();
  const cost = await costOf(run.id);
  expect(change(cost, bar)).toEqual(NONE);
  // Of these about 160 make the run searchable by its account: no event and no action more, the hash travels with what was sent anyway.
  // The worker's identity is in every second event, and its process id has four digits or seven.
  // About 60 say what the input was sealed as, and 18 in each call's arguments, answer and summary which call it is.
  // About 50 say that the provider has customers of a subscription system, and what can be found of one who has no account.
  expect(cost.bytes).toBeLessThanOrEqual(bytes);
});

it('costs this much per member', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.accepted.add('anna');
  const run = await suite.start({ kind: 'family', members: [{ reference: 'anna', person }] });
  await run.result();
  const cost = await costOf(memberId('defentry', run.reference, 'anna'));
  expect(change(cost, { events: 32, actions: 7 })).toEqual(NONE);
  expect(cost.bytes).toBeLessThanOrEqual(9_300);
});

it('costs this much to change an address that the person confirms', async () => {
  suite = await openSuite({}, { clock: 'real' });
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  // The report cuts short a look that has begun, which is one event more.
  await looked(changes.handle, 1);
  suite.provider.account.emailVerified = true;
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  await changes.result();
  const cost = await costOf(changes.id);
  expect(change(cost, { events: 48, actions: 12 })).toEqual(NONE);
});

it('costs this much to take an account apart', async () => {
  suite = await openSuite({}, { clock: 'real' });
  Object.assign(suite.provider.account, {
    members: ['anna'],
    watchlistItems: ['ada@example.com'],
    ssnMonitoring: true,
  });
  const run = await offboard(suite, { keepFor: 'PT1S' });
  await run.result();
  const cost = await costOf(run.id, run.handle.firstExecutionRunId);
  // Of these 8 events and 2 actions look for members' runs that the provider's list does not show, so that none goes on; 14 and 3 look
  // for a run of the account that began in the same instant.
  expect(change(cost, { events: 124, actions: 20 })).toEqual(NONE);
  // The record is a run of its own, which starts the erasure.
  expect(change(await costOf(run.id), { events: 14, actions: 3 })).toEqual(NONE);
});
