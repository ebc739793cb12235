import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { AccountEvent } from '../../client/index.ts';
import { onboardingId } from '../../contract/ids.ts';
import type { Delivery } from '../../contract/runs.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { eventually } from '../setup/eventually.ts';
import { signalsOf } from '../setup/history.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { accountOf, act, effectsOf } from './ledger.ts';
import { eidRequest, singleRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment();
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

/** No poll comes to the help of an event that does not arrive. */
const NEVER = { firstPoll: 'PT1H', maxPoll: 'PT1H' };
const READ_BACK = 'GET /api/v1/account/:account_id/activation-status';

function handleOf(workflowId: string): WorkflowHandle {
  return deployment.onboardings.temporal.workflow.getHandle(workflowId);
}

function resultOf(workflowId: string): Promise<Delivery> {
  return handleOf(workflowId).result() as Promise<Delivery>;
}

/** As the vendor would tell it: by its own account id. */
function eventOf(reference: string, kind: AccountEvent['kind'] = 'emailVerified'): AccountEvent {
  const accountId = accountOf(deployment.sandbox, reference)!;
  return { provider: 'defentry', eventId: randomUUID(), kind, accountId };
}

/** A run that waits for its e-mail, after its first look. */
async function waiting(request = singleRequest({ policy: { emailVerified: NEVER } })): Promise<string> {
  const first = deployment.sandbox.faults.add({ kind: 'drop', probability: 0, route: READ_BACK });
  const { reference } = await deployment.onboardings.start(request);
  await eventually('the first look', () => first.matched > 0);
  await eventually('the first look’s end', async () => {
    const { raw } = await handleOf(onboardingId('defentry', reference)).describe();
    return (raw.pendingActivities?.[0]?.attempt ?? 0) > 1;
  });
  deployment.sandbox.faults.remove(first.id);
  return reference;
}

test('50 deliveries of one event at once are one run, one hint and one effect; one more after the end is none', async () => {
  const { sandbox, onboardings } = deployment;
  const reference = await waiting();
  await act(sandbox, reference, 'confirm-email');
  const event = eventOf(reference);
  const looks = sandbox.faults.add({ kind: 'drop', probability: 0, route: READ_BACK });
  const answers = await Promise.all(Array.from({ length: 50 }, () => onboardings.deliverEvent(event)));
  const [{ workflowId }] = answers as [(typeof answers)[0]];
  expect(new Set(answers.map((answer) => answer.workflowId)).size).toBe(1);
  expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  const run = onboardingId('defentry', reference);
  expect(await resultOf(workflowId)).toEqual({ delivered: true, workflowId: run });
  expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(await onboardings.deliverEvent(event)).toEqual({ workflowId, duplicate: true });
  expect(await signalsOf(handleOf(run))).toEqual(['emailVerified']);
  expect(looks.matched).toBe(1);
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, 'email.confirmed': 1 });
});

test('an event that comes before the answer to the creation arrives once the account is known', async () => {
  const { sandbox, onboardings } = deployment;
  sandbox.faults.add({ kind: 'delay', ms: 5_000, when: 'after', route: 'POST /api/v1/account' });
  const { reference } = await onboardings.start(singleRequest({ policy: { emailVerified: NEVER } }));
  await eventually('the account', () => accountOf(sandbox, reference) !== undefined);
  const { workflowId } = await onboardings.deliverEvent(eventOf(reference));
  expect(await resultOf(workflowId)).toEqual({ delivered: true, workflowId: onboardingId('defentry', reference) });
  const { events } = await handleOf(workflowId).fetchHistory();
  const looks = events!.flatMap(({ activityTaskStartedEventAttributes: started }) => started?.attempt ?? []);
  expect(looks).toEqual([expect.any(Number)]); // no history per look …
  expect(looks[0]).toBeGreaterThan(1); // … and there were some
  await onboardings.cancel('defentry', reference);
});

test('events in the wrong order arrive each', async () => {
  const { sandbox, onboardings } = deployment;
  const reference = await waiting(eidRequest({ policy: { emailVerified: NEVER, identification: NEVER } }));
  await act(sandbox, reference, 'confirm-email');
  const early = await onboardings.deliverEvent(eventOf(reference, 'eidCompleted'));
  await resultOf(early.workflowId);
  await onboardings.deliverEvent(eventOf(reference));
  await act(sandbox, reference, 'eid');
  await onboardings.deliverEvent(eventOf(reference, 'eidCompleted'));
  expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'email.confirmed': 1, 'eid.completed': 1 });
});

test('an event for a run that has ended ends, too; started anew and with its account adopted, the run is found again', async () => {
  const { sandbox, onboardings } = deployment;
  const request = singleRequest({ policy: { emailVerified: NEVER, atAbort: 'keep' } });
  const reference = await waiting(request);
  await onboardings.cancel('defentry', reference);
  await expect(onboardings.result('defentry', reference)).rejects.toThrow('cancelled');
  const late = await onboardings.deliverEvent(eventOf(reference));
  expect(await resultOf(late.workflowId)).toEqual({ delivered: false, reason: 'ended' });

  await waiting(request);
  await act(sandbox, reference, 'confirm-email');
  await onboardings.deliverEvent(eventOf(reference));
  expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed' });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, 'email.confirmed': 1 });
});

test('after a rotation of keys, the run of an account that was created before it is found', async () => {
  const { sandbox, onboardings, keys, workers, startWorker } = deployment;
  const reference = await waiting();
  await Promise.all(workers.map((worker) => worker.stop('SIGTERM')));
  await startWorker({ ONBOARDING_KEYS: `${makeKey()},${keys}` });
  await act(sandbox, reference, 'confirm-email');
  const { workflowId } = await onboardings.deliverEvent(eventOf(reference));
  // Nothing but the worker has the new key, with which all was written since.
  await eventually('the delivery', async () => (await handleOf(workflowId).describe()).status.name === 'COMPLETED');
  await eventually('the end', async () => (await onboardings.get('defentry', reference)).status === 'completed');
  expect(await signalsOf(handleOf(onboardingId('defentry', reference)))).toEqual(['emailVerified']);
});
