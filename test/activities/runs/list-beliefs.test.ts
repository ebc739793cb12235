import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { createRunActivities } from '../../../activities/runs/index.ts';
import { changeRunId, onboardingId } from '../../../contract/ids.ts';
import type { Belief, RunActivities } from '../../../contract/runs.ts';
import { createDataConverter } from '../../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../../encryption/key-ring.ts';
import { eventually } from '../../setup/eventually.ts';
import { changesOf } from '../../workflows/change/changes.ts';
import { offboard } from '../../workflows/offboarding/offboardings.ts';
import { permanent } from '../../workflows/scripted-provider.ts';
import { openSuite, type Onboarding, type Suite } from '../../workflows/suite.ts';

const provider = 'defentry';
const ssn = '19900101-1234';
const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };

let suite: Suite;
let runs: RunActivities;
beforeAll(async () => {
  suite = await openSuite({}, { clock: 'real', ownQueue: true });
  runs = activitiesFor(suite);
});
beforeEach(() => {
  suite.provider.verified = true;
  suite.provider.failForever('removeAccount', undefined);
});
afterAll(() => suite.close());

function activitiesFor({ temporal }: Suite, taskQueue = temporal.taskQueue, client = temporal.client): RunActivities {
  return createRunActivities({ client, taskQueue, hashesOf: () => [] });
}

async function beliefOf(reference: string, from = runs): Promise<Belief | undefined> {
  return (await from.listBeliefs({ provider, references: [reference] })).beliefs[0];
}

/** Once Temporal's list, which lags behind, shows so many ended runs of the reference. */
async function believed(reference: string, ended: number): Promise<Belief> {
  const ids = ['onboarding', 'change', 'offboarding'].map((type) => `'${type}.${provider}.${reference}'`);
  const query = `WorkflowId IN (${ids.join(', ')}) AND CloseTime IS NOT NULL AND ExecutionStatus != 'ContinuedAsNew'`;
  await eventually('the ended runs in the list', async () => {
    const { count } = await suite.temporal.client.workflow.count(query);
    return count === ended;
  });
  return (await beliefOf(reference))!;
}

async function monitored(): Promise<Onboarding> {
  const run = await suite.start({ person: { ...person, ssn }, ssnMonitoring: true });
  await run.result();
  return run;
}

test('of a completed onboarding says what was asked for and is proven', async () => {
  const { reference } = await monitored();
  expect(await believed(reference, 1)).toEqual({
    reference,
    accountId: `acc-${reference}`,
    outcome: 'completed',
    account: 'active',
    open: false,
    ssnMonitoring: 'yes',
    members: [],
    asOf: expect.stringMatching(/Z$/),
  });
  const plain = await suite.start();
  await plain.result();
  expect(await believed(plain.reference, 1)).toMatchObject({ account: 'active', ssnMonitoring: 'unknown' });
});

test('a change gives monitoring that is off its reason, in whichever of the account’s runs of changes', async () => {
  const { reference } = await monitored();
  const changes = changesOf(suite, { reference });
  await changes.ask({ kind: 'ssn-monitoring-off' });
  await changes.result();
  await changes.ask({ kind: 'update-profile', profile: { firstName: 'Eva' } });
  await changes.result();
  const belief = await believed(reference, 3);
  expect(belief).toMatchObject({ account: 'active', ssnMonitoring: 'no', open: false });
});

test('an offboarded account is believed gone, and its next onboarding begins anew', async () => {
  const { reference } = await monitored();
  const { result } = await offboard(suite, { reference, keepFor: 'PT0S' });
  suite.provider.account.exists = true;
  expect(await result()).toMatchObject({ outcome: 'removed' });
  expect(await believed(reference, 2)).toMatchObject({ account: 'none' });
  suite.provider.account.exists = true;
  suite.provider.verified = false;
  const { client, taskQueue } = suite.temporal;
  const again = await client.workflow.start('onboardCustomer', {
    workflowId: onboardingId(provider, reference),
    taskQueue,
    args: [{ provider, reference, kind: 'single', person }],
  });
  await eventually('the new run', async () => (await beliefOf(reference))?.open);
  expect(await beliefOf(reference)).not.toHaveProperty('outcome');
  await again.terminate();
});

test('what an undo could not take back is said by the run that failed', async () => {
  suite.provider.verified = false;
  suite.provider.failForever('removeAccount', permanent('Forbidden'));
  const run = await suite.start();
  await run.until((story) => story.wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ name: 'WorkflowFailedError' });
  expect(await believed(run.reference, 1)).toMatchObject({ outcome: 'aborted', account: 'kept', left: 'account' });
});

test('a run that was cancelled keeps no record of what it undid, so nothing is expected', async () => {
  suite.provider.verified = false;
  const run = await suite.start();
  await run.until((story) => story.wait !== undefined);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ name: 'WorkflowFailedError' });
  expect(await believed(run.reference, 1)).toMatchObject({ account: 'unknown', ssnMonitoring: 'unknown', open: false });
});

test('a run that was terminated says nothing, and neither does one whose key is gone', async () => {
  const { reference } = await monitored();
  await believed(reference, 1);
  const { connection, options } = suite.temporal.client;
  const dataConverter = createDataConverter(parseKeyRing(makeKey(), 'test'));
  const keyless = new Client({ connection, namespace: options.namespace, dataConverter });
  const belief = await beliefOf(reference, activitiesFor(suite, suite.temporal.taskQueue, keyless));
  expect(belief).toMatchObject({ account: 'unknown', ssnMonitoring: 'unknown', open: false });
  expect(belief).not.toHaveProperty('outcome');

  suite.provider.verified = false;
  const ended = await suite.start();
  await ended.handle.terminate();
  expect(await believed(ended.reference, 1)).toMatchObject({ ssnMonitoring: 'unknown', open: false });
});

test('of a run that the list does not show yet there is a belief; of nobody there is none', async () => {
  const { reference, handle } = await suite.start();
  expect(await beliefOf(reference)).toMatchObject({ reference });
  await handle.terminate();
  expect(await beliefOf(`c-${randomUUID()}`)).toBeUndefined();
});

describe('a walk through all references', () => {
  const taskQueue = `unhosted-${randomUUID()}`;
  const references = Array.from({ length: 60 }, (_, index) => `walk-${index}-${randomUUID()}`);
  const begin = (workflowId: string, queue = taskQueue) =>
    suite.temporal.client.workflow.start('any', { workflowId, taskQueue: queue });

  test('names each once, over all its runs and pages, and none of another deployment', async () => {
    for (const [index, reference] of references.entries()) {
      const first = await begin(onboardingId(provider, reference));
      if (index % 3 === 0) {
        await first.terminate();
        await begin(onboardingId(provider, reference));
      }
      if (index % 3 === 1) await (await begin(changeRunId(provider, reference))).terminate();
      if (index % 10 === 0) await begin(`${onboardingId(provider, reference)}.member.anna`);
    }
    const other = await begin(onboardingId(provider, `other-${randomUUID()}`), `other-${taskQueue}`);
    await eventually('all in the list', async () => {
      const { count } = await suite.temporal.client.workflow.count(`TaskQueue = '${taskQueue}'`);
      return count === 60 + 20 + 20 + 6;
    });
    const { listBeliefs } = activitiesFor(suite, taskQueue);
    const first = await listBeliefs({ provider });
    const pages = [first];
    for (let cursor = first.cursor; cursor !== undefined; cursor = pages.at(-1)!.cursor) {
      pages.push(await listBeliefs({ provider, cursor }));
    }
    const named = pages.flatMap(({ beliefs }) => beliefs.map(({ reference }) => reference));
    expect(named.toSorted()).toEqual(references.toSorted());
    expect(pages.length).toBeGreaterThan(2);
    expect(first.retention).toBeGreaterThan(3600);
    expect(await listBeliefs({ provider: 'facilioo' })).toMatchObject({ beliefs: [] });
    await other.terminate();
  });
});
