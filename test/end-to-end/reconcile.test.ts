import { randomUUID } from 'node:crypto';
import { createDefentry, type DefentryActivities } from '../../activities/defentry/provider.ts';
import type { Reconciliation } from '../../client/index.ts';
import { RECONCILE } from '../../contract/messages.ts';
import { configFor } from '../activities/defentry/settings.ts';
import { eventually } from '../setup/eventually.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { accountOf, effectsOf } from './ledger.ts';
import { familyRequest, newPerson, singleRequest } from './requests.ts';

let deployment: Deployment;
/** Somebody else with access to the vendor, whose deeds no run of ours knows. */
let other: DefentryActivities;
beforeAll(async () => {
  deployment = await openDeployment({ playAfterMs: 10 });
  other = createDefentry(configFor(deployment.url, { DEFENTRY_SSN_REQUIRED: 'false' })).activities;
});
afterAll(() => deployment.close());

const monitored = () => singleRequest({ ssnMonitoring: true });
const provider = 'defentry';

async function onboarded(request: ReturnType<typeof singleRequest>): Promise<string> {
  const { reference } = await deployment.onboardings.start(request);
  expect(await deployment.onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed' });
  return reference;
}

/** Under an id of its own: the test server has other deployments. Anew until Temporal's list shows so many references. */
async function reconciled(known: number): Promise<Reconciliation> {
  const { temporal } = deployment.onboardings;
  return eventually('a report of all accounts', async () => {
    const run = await temporal.workflow.start(RECONCILE, {
      workflowId: `reconciliation.defentry-${randomUUID()}`,
      taskQueue: deployment.taskQueue,
      args: [{ provider, policy: { pause: 'PT0.01S' } }],
    });
    const report = (await run.result()) as Reconciliation;
    return report.counts.known === known && report.counts.undecided === 0 && report;
  });
}

test('finds what somebody else has done at the provider, repairs what is safe once, and then agrees', async () => {
  const { sandbox, onboardings } = deployment;
  const well = await onboarded(familyRequest());
  const gone = await onboarded(singleRequest());
  const unmonitored = await onboarded(monitored());
  const locked = await onboarded(monitored());
  const reasoned = await onboarded(monitored());
  const [goneId, unmonitoredId, lockedId] = [gone, unmonitored, locked].map((each) => accountOf(sandbox, each)!);

  const changeId = `off-${randomUUID()}`;
  await onboardings.changes.request({
    provider,
    reference: reasoned,
    changeId,
    change: { kind: 'ssn-monitoring-off' },
  });
  expect(await onboardings.changes.result(provider, reasoned, changeId)).toMatchObject({ status: 'done' });
  expect(await reconciled(5)).toMatchObject({ outcome: 'agreed', findings: [], foreignSought: true });

  await other.removeAccount({ reference: gone, accountId: goneId!, person: {} });
  await other.disableSsnMonitoring({ accountId: unmonitoredId! });
  await other.deactivateAccount({ reference: locked, accountId: lockedId!, person: {} });
  const foreign = `c-${randomUUID()}`;
  await other.createAccount({ request: { provider, reference: foreign, kind: 'single', person: newPerson() } });

  const report = await reconciled(5);
  const told = report.findings.map(({ kind, code, reference }) => `${kind} ${code} ${reference}`);
  expect(told.toSorted()).toEqual(
    [
      `missing NoAccount ${gone}`,
      `monitoring-off SwitchedOff ${unmonitored}`,
      `half-done Inactive ${locked}`,
      `foreign NoRun ${foreign}`,
    ].toSorted(),
  );
  // The member of the family is part of its account.
  expect(report.counts).toMatchObject({ agreed: 2, differing: 3, listed: 5, unclaimed: 0 });
  expect(report.findings.some(({ reference }) => reference === well)).toBe(false);

  const before = sandbox.ledger.entries().length;
  const repairs = onboardings.reconciliations.repairs(report);
  expect(repairs.map(({ change }) => change.reference)).toEqual([unmonitored]);
  for (const repair of [...repairs, ...repairs]) await onboardings.reconciliations.repair(repair);
  const repaired = await onboardings.changes.result(provider, unmonitored, repairs[0]!.change.changeId);
  expect(repaired).toMatchObject({ kind: 'ssn-monitoring-on', status: 'done' });
  expect(sandbox.ledger.entries().slice(before)).toMatchObject([{ effect: 'monitoring.on', accountId: unmonitoredId }]);
  expect(effectsOf(sandbox, unmonitored)).toMatchObject({ 'account.created': 1, 'monitoring.on': 2 });

  await eventually('one account that agrees again', async () => {
    const input = { provider, reference: unmonitored } as const;
    await onboardings.reconciliations.start(input);
    return (await onboardings.reconciliations.result(input)).outcome === 'agreed';
  });
});
