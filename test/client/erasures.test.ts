import { randomUUID } from 'node:crypto';
import { memberId, onboardingId, offboardingId } from '../../contract/ids.ts';
import type { HistoriesRecord } from '../../contract/erasure.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { errorOf, openClientSuite, reset, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => (suite = await openClientSuite(60_000, { clock: 'real' })));
beforeEach(() => reset(suite));
afterAll(() => suite.close());

/** Every run that Temporal still lists under these ids, the runs before a continue-as-new included. */
async function listed(reference: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { workflowId } of suite.temporal.client.workflow.list({
    query: `TaskQueue = '${suite.temporal.taskQueue}'`,
  })) {
    if (workflowId.includes(reference)) found.push(workflowId);
  }
  return found.toSorted();
}

const counts = ({ erased }: HistoriesRecord) => Object.fromEntries(erased.map(({ what, count }) => [what, count]));

async function onboarded(reference: string): Promise<void> {
  const { onboardings, provider } = suite;
  provider.verified = true;
  provider.accepted.add('partner');
  const person = { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' };
  await onboardings.start(singleRequest({ reference, kind: 'family', members: [{ reference: 'partner', person }] }));
  await onboardings.result('defentry', reference);
}

test('an offboarding that removes the account has every history of the customer deleted, and the records stay', async () => {
  const { onboardings } = suite;
  const customer = { provider: 'defentry', reference: `c-${randomUUID()}` } as const;
  const { reference } = customer;
  await onboarded(reference);
  const change = { ...customer, changeId: 'off', change: { kind: 'ssn-monitoring-off' } };
  await onboardings.changes.request(change);
  await onboardings.changes.result('defentry', reference, 'off');
  await onboardings.read({ ...customer });
  const event = { provider: 'defentry', eventId: `e-${reference}`, kind: 'emailVerified', reference };
  const delivery = await onboardings.deliverEvent(event);
  await suite.temporal.client.workflow.getHandle(delivery.workflowId).result();
  await onboardings.offboardings.start({ ...customer, keepFor: 'PT0S', policy: { eraseAfter: 'PT1S' } });
  const record = await onboardings.offboardings.result('defentry', reference);
  expect(record).toMatchObject({ outcome: 'removed', histories: { workflowId: `erasure.defentry.${reference}` } });
  const erased = await onboardings.erasures.result('defentry', reference);
  expect(erased).toMatchObject({ provider: 'defentry', reference, outcome: 'erased', remainder: [] });
  expect(counts(erased)).toEqual({ onboarding: 1, member: 1, change: 1, reading: 1, event: 1, offboarding: 1 });
  expect(await listed(reference)).toEqual([`erasure.defentry.${reference}`, offboardingId('defentry', reference)]);
  for (const id of [
    onboardingId('defentry', reference),
    memberId('defentry', reference, 'partner'),
    delivery.workflowId,
  ]) {
    await expect(suite.temporal.client.workflow.getHandle(id).describe()).rejects.toMatchObject({
      name: 'WorkflowNotFoundError',
    });
  }
  // Reconciliation still knows that the account is gone, and misses nobody.
  await onboardings.reconciliations.start(customer);
  const report = await onboardings.reconciliations.result(customer);
  expect(report).toMatchObject({ outcome: 'agreed', findings: [], counts: { known: 1, agreed: 1 } });
  // The record goes on telling what was removed, and closes the reference.
  expect(await onboardings.offboardings.result('defentry', reference)).toEqual(record);
  expect(await errorOf(onboardings.start(singleRequest({ reference })))).toMatchObject({ code: 'CustomerOffboarded' });
  expect(
    await onboardings.offboardings.start({ ...customer, keepFor: 'PT0S', policy: { eraseAfter: 'PT1S' } }),
  ).toMatchObject({
    started: false,
  });
});

test('by hand: the histories of a customer who was never taken, now, and who asked is on record', async () => {
  const { onboardings, provider } = suite;
  const customer = { provider: 'defentry', reference: `c-${randomUUID()}` } as const;
  provider.fail('checkUniqueness', permanent('EmailTaken'));
  await onboardings.start(singleRequest(customer));
  expect(await onboardings.result('defentry', customer.reference)).toMatchObject({ outcome: 'rejected' });
  await onboardings.erasures.start({ ...customer, by: 'dpo', reason: 'asked by letter' });
  const record = await onboardings.erasures.result('defentry', customer.reference);
  expect(record).toMatchObject({ outcome: 'erased', remainder: [] });
  expect(counts(record)).toEqual({ onboarding: 1 });
  expect(await listed(customer.reference)).toEqual([`erasure.defentry.${customer.reference}`]);
  expect(await onboardings.operator.decisions({ type: 'erasure', ...customer })).toMatchObject([
    { action: 'erase', by: 'dpo', reason: 'asked by letter' },
  ]);
});
