import type { FaultInput } from '../../sandbox/core/fault.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { effectsOf } from './ledger.ts';
import { familyRequest } from './requests.ts';

const MUTATING = [
  'POST /api/v1/account',
  'POST /api/v1/account/:account_id/member',
  'POST /api/v1/account/:account_id/invite',
  'PATCH /api/v1/account/:account_id/ssn-monitoring/activate',
  'POST /api/v1/account/:account_id/email-watchlist',
  'POST /api/v1/account/:account_id/phone-watchlist',
];

let deployment: Deployment;
beforeAll(async () => {
  // Late enough for a repeated call to come while the first invitation is still open.
  deployment = await openDeployment({ playAfterMs: 2_000, defentry: { monitoringStarts: 'on-request' } });
});
afterAll(() => deployment.close());

test.each<[string, FaultInput]>([
  ['the connection breaks after the effect', { kind: 'drop', when: 'after' }],
  ['the connection breaks before the effect', { kind: 'drop', when: 'before' }],
  ['the answer is 500 after the effect', { kind: 'server-error', when: 'after' }],
  ['the answer is cut short', { kind: 'truncated-json' }],
])('when %s, in each call that changes something, each effect happens once', async (_, fault) => {
  const { sandbox, onboardings } = deployment;
  const faults = MUTATING.map((route) => sandbox.faults.add({ ...fault, route }));
  const { provider, reference } = await onboardings.start(familyRequest());
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', account: 'active' });
  expect(faults.map(({ fired }) => fired)).toEqual(MUTATING.map(() => 1));
  expect(effectsOf(sandbox, reference)).toEqual({
    'account.created': 1,
    'ssn.written': 1,
    'mail.sent': 2,
    'email.confirmed': 1,
    'account.activated': 2,
    'member.added': 1,
    'invitation.sent': 1,
    'invitation.accepted': 1,
    'monitoring.on': 1,
    'watchlist.added': 2,
  });
});
