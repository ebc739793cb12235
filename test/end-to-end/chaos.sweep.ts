import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  DeadlineExceeded,
  OnboardingCancelled,
  OnboardingEnded,
  OnboardingFailed,
  type OnboardingError,
} from '../../client/index.ts';
import type { ChangesResult } from '../../contract/change.ts';
import { changeRunId } from '../../contract/ids.ts';
import type { Progress } from '../../contract/progress.ts';
import { eventually } from '../setup/eventually.ts';
import type { Effect } from '../../sandbox/defentry/model.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { asItIs, effectsOf, remaining, type Recorded } from './ledger.ts';
import { QUICK } from './requests.ts';
import { customers, disturb, killWorkers, type Customer } from './storm.ts';

const COUNT = Number(process.env.ONBOARDING_CHAOS_COUNT ?? 40);
const SEED = Number(process.env.ONBOARDING_CHAOS_SEED ?? Date.now() % 1_000_000);
const KILL_EVERY_MS = 5_000;
/** The storm ends, and then everything must end. */
const KILL_FOR_MS = 45_000 + COUNT * 100;
/** On two busy cores; several times what it takes. */
const LIMIT_MS = 600_000 + COUNT * 2_000;

let deployment: Deployment;
let begun: number;
/** Of all that is waited for, so that what has not ended by then can tell its story. */
const within = () => Math.max(1, begun + LIMIT_MS - Date.now());
beforeAll(async () => {
  // Late enough for repeated calls to come while invitations are still open.
  deployment = await openDeployment({ playAfterMs: 2_000, defentry: { monitoringStarts: 'on-request' } });
  await deployment.startWorker();
});
afterAll(() => deployment.close());

interface Ended {
  outcome: string;
  /** What undo could not take back, by name. */
  remainder: string[];
}

test(
  'with 30 % of the calls disturbed and workers killed, each account, member and invitation is there once or undone or listed',
  async () => {
    process.stdout.write(`chaos: ${COUNT} customers, ONBOARDING_CHAOS_SEED=${SEED}\n`);
    const { sandbox } = deployment;
    const faults = disturb(deployment, SEED);
    const stopKilling = killWorkers(deployment, KILL_EVERY_MS, KILL_FOR_MS);
    const all = customers(COUNT);
    begun = Date.now();
    const ends = await Promise.all(all.map(onboard));
    const killed = await stopKilling();
    const fired = faults.map(
      ({ kind, fired: times, ...rest }) => `${kind}${'when' in rest ? ` ${rest.when}` : ''}: ${times}`,
    );
    process.stdout.write(`chaos: ${(Date.now() - begun) / 1000} s, ${killed} workers killed, ${fired.join(', ')}\n`);

    const recorded = asItIs(sandbox);
    expect(all.flatMap((customer, index) => findings(recorded, customer, ends[index]!))).toEqual([]);
    expect(faults.filter(({ fired: times }) => times === 0)).toEqual([]);
    expect(killed).toBeGreaterThan(0);
    expect(sandbox.outbox.open()).toEqual([]);
  },
  LIMIT_MS + 60_000,
);

/** Never fails, so that the others are waited for and nothing is closed under them. */
async function onboard({ request, cancelled, later }: Customer, index: number): Promise<Ended> {
  const { onboardings } = deployment;
  const { provider, reference } = request;
  try {
    await onboardings.start(request);
    // Each one a little further on its way.
    if (cancelled) await cancelAfter(2 + (index % 7), reference);
    const { outcome } = await onboardings.result(provider, reference, { within: within() });
    if (outcome !== 'completed' || !later) return { outcome, remainder: [] };
    return { outcome: `${outcome}, ${await endLater(reference, later.ask)}`, remainder: [] };
  } catch (error) {
    if (error instanceof OnboardingCancelled) return { outcome: 'aborted', remainder: [] };
    if (error instanceof DeadlineExceeded) return { outcome: await storyOf(reference), remainder: [] };
    if (!(error instanceof OnboardingFailed)) return { outcome: String(error), remainder: [] };
    return { outcome: error.failure, remainder: error.remainder.map(({ step }) => step) };
  }
}

/** Asked for again while no worker answers: the same change, the same offboarding. */
async function endLater(reference: string, ask: NonNullable<Customer['later']>['ask']): Promise<string> {
  const { changes, offboardings } = deployment.onboardings;
  const account = { provider: 'defentry', reference };
  const policy = { attention: QUICK.attention };
  const changeId = randomUUID();
  const begin = () =>
    ask === 'offboarding'
      ? offboardings.start({ ...account, keepFor: 'PT1S', policy })
      : changes.request({
          ...account,
          changeId,
          change: ask,
          policy: { ...policy, emailChanged: QUICK.emailVerified },
        });
  await eventually('it is taken', () => begin().then(() => true, waitsOutAnOutage), within());
  const ended =
    ask === 'offboarding'
      ? offboardings.result('defentry', reference).then(({ outcome }) => outcome)
      : changesOf(reference).then((all) => all.map(({ status }) => status).join());
  const told = await Promise.race([ended, setTimeout(within(), undefined, { ref: false })]);
  if (told !== undefined) return told;
  const { next, steps } = await (ask === 'offboarding' ? offboardings : changes).progress('defentry', reference);
  return JSON.stringify({ next, steps: steps.map(({ name, status }) => `${name} ${status}`) });
}

async function changesOf(reference: string): Promise<ChangesResult['changes']> {
  const run = deployment.onboardings.temporal.workflow.getHandle(changeRunId('defentry', reference));
  return ((await run.result()) as ChangesResult).changes;
}

function waitsOutAnOutage(error: unknown): false {
  const { code } = error as Partial<OnboardingError>;
  if (code === 'WorkerUnavailable' || code === 'TemporalUnavailable' || code === 'DeadlineExceeded') return false;
  throw error;
}

async function cancelAfter(steps: number, reference: string): Promise<void> {
  const { onboardings } = deployment;
  const isThere = async () => {
    const told = await onboardings.progress('defentry', reference).catch(() => undefined);
    return told && told.steps.filter(({ endedAt }) => endedAt !== undefined).length >= steps;
  };
  await eventually('a part of the way', isThere, within());
  await onboardings.cancel('defentry', reference).catch((error: unknown) => {
    // It has ended just now.
    if (!(error instanceof OnboardingEnded)) throw error;
  });
}

/** Where a run is that has not ended. */
async function storyOf(reference: string): Promise<string> {
  const story = await deployment.onboardings.progress('defentry', reference).catch((error: unknown) => error);
  if (!(typeof story === 'object' && story !== null && 'steps' in story)) return `no answer: ${String(story)}`;
  const { steps, next, members } = story as Progress;
  return JSON.stringify({ next, steps: steps.map(({ name, status }) => `${name} ${status}`), members });
}

/** What is not as it must be, in words; none when all is well. */
function findings(
  recorded: Recorded<Effect>,
  { request, cancelled, later }: Customer,
  { outcome, remainder }: Ended,
): string[] {
  const { reference, members = [], watchlists = [] } = request;
  const wrong: string[] = [];
  const say = (what: string) => void wrong.push(`${request.kind} ${reference}, ${outcome}: ${what}`);
  const left = remaining(recorded, reference);
  const effects = effectsOf(recorded, reference);
  const atMost = { 'account.created': 1, 'member.added': members.length, 'invitation.sent': members.length };
  const isOffboarded = later?.ask === 'offboarding';
  const ended = outcome === (later ? `completed, ${isOffboarded ? 'removed' : 'done'}` : 'completed');
  for (const [effect, times] of Object.entries(atMost)) {
    const happened = effects[effect as keyof typeof atMost] ?? 0;
    if (ended ? happened !== times : happened > times) say(`${effect} ${happened} times of ${times}`);
  }
  if (!ended && !cancelled) say('did not complete');
  if (ended) {
    if (left.length !== (isOffboarded ? 0 : 1 + members.length)) say(`${left.length} of account and members are there`);
    if (later && effects[later.effect] !== 1) say(`${later.effect} ${effects[later.effect]} times`);
    if ((effects['watchlist.added'] ?? 0) !== watchlists.length) say('watchlists');
    if ((effects['monitoring.on'] ?? 0) !== (request.ssnMonitoring ? 1 : 0)) say('monitoring');
  } else if (left.length > remainder.length) {
    say(`${left.length} left behind, ${remainder.length} listed`);
  }
  return wrong;
}
