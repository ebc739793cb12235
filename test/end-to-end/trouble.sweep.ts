import type { FaultInput } from '../../sandbox/core/fault.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { effectsOf } from './ledger.ts';
import { singleRequest } from './requests.ts';

const CREATE = 'POST /api/v1/account';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({ playAfterMs: 10 });
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

test.each<[string, FaultInput, { calls: number; atLeastMs: number }]>([
  ['Retry-After in seconds', { kind: 'throttle', seconds: 3, times: 1 }, { calls: 2, atLeastMs: 3_000 }],
  // Whole seconds: up to one is lost to rounding.
  [
    'Retry-After as a date',
    { kind: 'throttle', seconds: 4, retryAfter: 'http-date', times: 1 },
    { calls: 2, atLeastMs: 3_000 },
  ],
  [
    'its own reset header',
    { kind: 'throttle', seconds: 3, retryAfter: 'reset-header', times: 1 },
    { calls: 2, atLeastMs: 3_000 },
  ],
  ['a Retry-After of 0, twice', { kind: 'throttle', seconds: 0, times: 2 }, { calls: 3, atLeastMs: 2_000 }],
  ['a 503 page, three times', { kind: 'html-503', times: 3 }, { calls: 4, atLeastMs: 3_000 }],
])(
  'a provider that throttles or is down with %s is called again when it asks for it, and no sooner',
  async (_, fault, { calls, atLeastMs }) => {
    const { sandbox, onboardings } = deployment;
    const seen = sandbox.faults.add({ kind: 'drop', probability: 0, route: CREATE });
    sandbox.faults.add({ ...fault, route: CREATE });
    const begun = Date.now();
    const { provider, reference } = await onboardings.start(singleRequest());
    expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed' });
    const [created] = sandbox.ledger.entries({ externalId: reference, effect: 'account.created' });
    expect(Date.parse(created!.at) - begun).toBeGreaterThanOrEqual(atLeastMs);
    expect(seen.matched).toBe(calls);
    expect(effectsOf(sandbox, reference)['account.created']).toBe(1);
  },
);

test('a provider that is down as a whole for a while is waited for, with few calls', async () => {
  const { sandbox, onboardings } = deployment;
  const down = sandbox.faults.add({ kind: 'html-503', times: 4 });
  const { provider, reference } = await onboardings.start(singleRequest());
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed' });
  expect(down.fired).toBe(4);
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, 'mail.sent': 1 });
});

test('a login that expires in the middle is renewed by itself', async () => {
  const { sandbox, onboardings } = deployment;
  const expired = sandbox.faults.add({ kind: 'expire-token', route: CREATE });
  const logins = sandbox.faults.add({ kind: 'drop', probability: 0, route: 'POST /api/v1/crm/auth/login' });
  const { provider, reference } = await onboardings.start(singleRequest());
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed' });
  expect({ expired: expired.fired, logins: logins.matched }).toEqual({ expired: 1, logins: 1 });
  expect(effectsOf(sandbox, reference)['account.created']).toBe(1);
});
