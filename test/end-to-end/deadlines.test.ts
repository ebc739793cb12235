import type { PolicyOverrides, UndoMode } from '../../contract/policy.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { act, effectsOf, remaining, type Effects } from './ledger.ts';
import { eidRequest, familyRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({ defentry: { monitoringStarts: 'on-request' } });
});
afterAll(() => deployment.close());

/** Long enough for all that is to happen before, however busy the machine. */
const soon = { deadline: 'PT8S', reminders: [] };

// Each waits in real time, so they wait side by side.
describe.concurrent('nobody does it in time', () => {
  test.each<[UndoMode, string, Effects, string[]]>([
    ['keep', 'kept', {}, ['', '.m1']],
    ['deactivate', 'deactivated', { 'account.deactivated': 1 }, ['', '.m1']],
    ['remove', 'none', { 'account.deleted': 2 }, []],
  ])('an address nobody confirms in time, policy %s: the account is %s', async (atDeadline, account, undone, left) => {
    const { sandbox, onboardings } = deployment;
    const policy = { emailVerified: { ...soon, firstPoll: 'PT1S', maxPoll: 'PT1S', atDeadline } };
    const { provider, reference } = await onboardings.start(familyRequest({ policy }));
    expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'expired', account });
    const { 'account.deactivated': off, 'account.deleted': deleted, ...done } = effectsOf(sandbox, reference);
    expect(done).toMatchObject({ 'account.created': 1, 'member.added': 1 });
    expect({ ...(off && { 'account.deactivated': off }), ...(deleted && { 'account.deleted': deleted }) }).toEqual(
      undone,
    );
    expect(remaining(sandbox, reference)).toEqual(left.map((suffix) => `${reference}${suffix}`));
  });

  test('a reminder sends the mail again before the deadline', async () => {
    const { sandbox, onboardings } = deployment;
    const policy: PolicyOverrides = { emailVerified: { deadline: 'PT8S', reminders: ['PT1S'], atDeadline: 'remove' } };
    const { provider, reference } = await onboardings.start(eidRequest({ policy }));
    expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'expired' });
    expect(effectsOf(sandbox, reference)['mail.sent']).toBe(2);
  });

  test('an eID nobody does and an invitation nobody accepts in time are gaps of an account that lives', async () => {
    const { sandbox, onboardings } = deployment;
    const { members } = familyRequest();
    const policy = { identification: soon, memberAccepted: soon };
    const { provider, reference } = await onboardings.start(
      eidRequest({ kind: 'family', members: members!, ssnMonitoring: true, policy }),
    );
    await act(sandbox, reference, 'confirm-email');
    expect(await onboardings.result(provider, reference)).toMatchObject({
      outcome: 'completed-with-gaps',
      account: 'active',
      gaps: [
        { step: 'identify', reason: 'deadline' },
        { step: 'enableSsnMonitoring', reason: 'SsnMissing' },
        { step: 'members.m1', reason: 'deadline' },
      ],
    });
    expect(remaining(sandbox, reference)).toEqual([reference, `${reference}.m1`]);
  });
});
