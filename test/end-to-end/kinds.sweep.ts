import type { OnboardingRequest } from '../../contract/request.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { effectsOf, remaining, type Effects } from './ledger.ts';
import { eidRequest, familyRequest, newPerson, singleRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({
    playAfterMs: 10,
    defentry: { monitoringStarts: 'on-request' },
    env: { DEFENTRY_MONITORING_FORBIDDEN: 'plan' },
  });
});
afterAll(() => deployment.close());

const ACCOUNT: Effects = { 'account.created': 1, 'email.confirmed': 1 };
const company = { name: 'Berg AB', organizationNumber: '556468-3984' };
const member = (reference: string) => ({ reference, person: newPerson() });
const whole = { 'ssn.written': 1, 'monitoring.on': 1, 'watchlist.added': 2 };

test.each<[string, () => OnboardingRequest, Effects]>([
  [
    'single, with everything',
    () => familyRequest({ kind: 'single', members: [] }),
    { ...ACCOUNT, ...whole, 'mail.sent': 1, 'account.activated': 1 },
  ],
  [
    'single, known by phone only',
    () => singleRequest({ person: { firstName: 'Ada', lastName: 'Berg', phone: '+46701234567' } }),
    { 'account.created': 1, 'account.activated': 1 },
  ],
  [
    'family of three, SSN by eID',
    () => eidRequest({ kind: 'family', members: [member('m1'), member('m2')], ssnMonitoring: true }),
    {
      ...ACCOUNT,
      'account.activated': 3,
      'mail.sent': 3,
      'member.added': 2,
      'invitation.sent': 2,
      'invitation.accepted': 2,
      'eid.started': 1,
      'eid.completed': 1,
      'ssn.written': 1,
      'monitoring.on': 1,
    },
  ],
  [
    'business with an employee',
    () => familyRequest({ kind: 'business', company, members: [member('m1')] }),
    {
      ...ACCOUNT,
      ...whole,
      'account.activated': 2,
      'mail.sent': 2,
      'member.added': 1,
      'invitation.sent': 1,
      'invitation.accepted': 1,
    },
  ],
])('%s: everything asked for has happened, once, and nothing else', async (_, request, effects) => {
  const { sandbox, onboardings } = deployment;
  const { provider, reference } = await onboardings.start(request());
  expect(await onboardings.result(provider, reference)).toMatchObject({
    outcome: 'completed',
    account: 'active',
    gaps: [],
  });
  expect(effectsOf(sandbox, reference)).toEqual(effects);
});

test('where a 403 on monitoring means the plan, a plan without it is rejected, and nothing is left behind', async () => {
  const { sandbox, onboardings } = deployment;
  const { provider, reference } = await onboardings.start(familyRequest({ planId: '2', members: [] }));
  expect(await onboardings.result(provider, reference)).toMatchObject({
    outcome: 'rejected',
    reason: { code: 'PlanWithoutMonitoring' },
    account: 'none',
  });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, 'account.deleted': 1 });
  expect(remaining(sandbox, reference)).toEqual([]);
});

test('a request that breaks a rule of the provider is rejected before the provider is called', async () => {
  const { sandbox, onboardings } = deployment;
  const calls = sandbox.faults.add({ kind: 'drop', probability: 0 });
  const request = singleRequest({ person: newPerson(), ssnMonitoring: true });
  const { provider, reference } = await onboardings.start(request);
  const result = await onboardings.result(provider, reference);
  expect(result).toMatchObject({ outcome: 'rejected', reason: { code: 'RequestRefused' }, account: 'none' });
  expect(result.reason!.sentence).toContain('ssnMonitoring: there is no SSN to monitor');
  expect(calls.matched).toBe(0);
  sandbox.faults.clear();
});

test('the same request twice, and again after its end, is one onboarding and one account', async () => {
  const { sandbox, onboardings } = deployment;
  const request = singleRequest();
  const twice = await Promise.all([onboardings.start(request), onboardings.start(request)]);
  expect(twice.filter(({ started }) => started)).toHaveLength(1);
  await onboardings.result('defentry', request.reference);
  expect(await onboardings.start(request)).toMatchObject({ started: false });
  expect(effectsOf(sandbox, request.reference)['account.created']).toBe(1);
});
