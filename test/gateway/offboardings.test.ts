import { randomUUID } from 'node:crypto';
import { permanent } from '../workflows/scripted-provider.ts';
import { customerHash } from '../../encryption/customer-hash.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { eventually, keys } from '../workflows/suite.ts';
import { cancelled, reset, singleRequest } from '../client/suite.ts';
import { openGatewaySuite, tokens, type GatewaySuite } from './suite.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const call = (method: string, path: string, body?: unknown, token = tokens.all) =>
  suite.gateway.call(method, `/v1/accounts/defentry/${path}`, { body, token });

const customer = () => `c-${randomUUID()}`;
const kept = (reference: string) =>
  eventually(
    () => call('GET', `${reference}/offboarding`),
    ({ body }) => body.wait?.for === 'retention',
  );

test('an account is removed at once: 201, the record, and 200 for the same request again', async () => {
  const reference = customer();
  const started = await call('POST', `${reference}/offboarding`, { keepFor: 'PT0S' });
  expect([started.status, started.body]).toMatchObject([
    201,
    { started: true, workflowId: `offboarding.defentry.${reference}` },
  ]);
  const record = await call('GET', `${reference}/offboarding/result?wait=30`);
  expect([record.status, record.body]).toEqual([
    200,
    await suite.onboardings.offboardings.result('defentry', reference),
  ]);
  expect(record.body).toMatchObject({ outcome: 'removed', remainder: [] });
  const from = suite.provider.effects.length;
  const again = await call('POST', `${reference}/offboarding`, { keepFor: 'PT0S' });
  expect([again.status, again.body]).toEqual([200, { ...started.body, runId: expect.any(String), started: false }]);
  expect(suite.provider.effects.slice(from)).toEqual([]);
  expect((await call('GET', `${reference}/offboarding`)).body).toMatchObject({ outcome: 'removed' });
});

test('a customer who was onboarded before is not said to be onboarded afterwards', async () => {
  suite.provider.verified = true;
  const body = singleRequest();
  const { reference } = body;
  await suite.gateway.call('POST', '/v1/onboardings', { body });
  await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}/result?wait=30`);
  await call('POST', `${reference}/offboarding`, { keepFor: 'PT0S' });
  await call('GET', `${reference}/offboarding/result?wait=30`);
  const again = await suite.gateway.call('POST', '/v1/onboardings', { body });
  expect([again.status, again.body.type]).toEqual([409, '/problems/customer-offboarded']);
});

test('while the account is kept: no other request, no change, and a cancel brings it back', async () => {
  const reference = customer();
  await call('POST', `${reference}/offboarding`, {});
  await kept(reference);
  expect((await call('GET', `${reference}/offboarding/result`)).status).toBe(204);
  const other = await call('POST', `${reference}/offboarding`, { keepFor: 'PT0S' });
  expect([other.status, other.body.type]).toEqual([409, '/problems/reference-conflict']);
  const change = { changeId: 'ch-1', change: { kind: 'activate' } };
  const busy = await call('POST', `${reference}/changes`, change);
  expect([busy.status, busy.body]).toMatchObject([
    409,
    { type: '/problems/account-busy', reason: 'Busy', detail: expect.stringContaining('is being offboarded') },
  ]);
  expect((await call('POST', `${reference}/offboarding/cancel`)).status).toBe(202);
  expect((await call('GET', `${reference}/offboarding/result?wait=30`)).body.outcome).toBe('brought-back');
  expect(suite.provider.account).toMatchObject({ exists: true, active: true });
});

test('no offboarding while the onboarding is open', async () => {
  const { reference } = await suite.onboardings.start(singleRequest());
  const from = suite.provider.effects.length;
  const busy = await call('POST', `${reference}/offboarding`, {});
  expect([busy.status, busy.body]).toMatchObject([
    409,
    { type: '/problems/account-busy', detail: expect.stringContaining('the onboarding is still open') },
  ]);
  expect(suite.provider.effects.slice(from)).not.toContain('deactivateAccount');
  expect((await call('GET', reference)).body.runs).toMatchObject([{ type: 'onboarding' }]);
  await cancelled(suite.onboardings, reference);
  await eventually(
    () => suite.onboardings.get('defentry', reference),
    ({ status }) => status === 'cancelled',
  );
});

test('an operator decides about an offboarding, on record by name and reason', async () => {
  suite.provider.fail('removeAccount', permanent('Forbidden'));
  const reference = customer();
  await call('POST', `${reference}/offboarding`, { keepFor: 'PT0S' });
  await eventually(
    () => call('GET', `${reference}/offboarding`),
    ({ body }) => body.attention?.step === 'removeAccount',
  );
  const decision = { step: 'removeAccount', action: 'retry', by: 'dpo', reason: 'the customer insists' };
  expect((await call('POST', `${reference}/offboarding/resolve`, decision)).status).toBe(204);
  expect((await call('GET', `${reference}/offboarding/result?wait=30`)).body).toMatchObject({ outcome: 'removed' });
  const { body } = await call('GET', `${reference}/offboarding/decisions`);
  expect(body.decisions).toMatchObject([{ ...decision, by: `${decision.by} (via caller-all)`, code: 'Forbidden' }]);
});

test.each([
  ['a time that is none', { keepFor: 'CANARY' }, 'keepFor'],
  ['another customer', { reference: 'CANARY' }, 'reference'],
  ['nothing', undefined, 'request'],
])('%s: nothing is started', async (_, body, field) => {
  const reference = customer();
  const answer = await call('POST', `${reference}/offboarding`, body);
  expect([answer.status, answer.body.errors]).toMatchObject([400, [{ field }]]);
  expect(answer.text).not.toContain('CANARY');
  expect((await call('GET', reference)).body).toEqual({ runs: [] });
});

test.each([
  ['GET', 'offboarding', undefined],
  ['GET', 'offboarding/result', undefined],
  ['POST', 'offboarding/cancel', undefined],
  ['POST', 'offboarding/resolve', { step: 'removeAccount', action: 'retry', reason: 'x' }],
  ['GET', 'offboarding/decisions', undefined],
])('of an offboarding that is not there: %s %s', async (method, path, body) => {
  const answer = await call(method, `nobody/${path}`, body);
  expect([answer.status, answer.body.type]).toEqual([404, '/problems/onboarding-not-found']);
});

test('the histories of a customer are erased by request, and who asked is on record; not of one who has an account', async () => {
  suite.provider.verified = true;
  const taken = singleRequest();
  await suite.gateway.call('POST', '/v1/onboardings', { body: taken });
  await suite.gateway.call('GET', `/v1/onboardings/defentry/${taken.reference}/result?wait=30`);
  const refused = await call('POST', `${taken.reference}/erasure`, {});
  expect([refused.status, refused.body.detail]).toMatchObject([
    409,
    expect.stringContaining('the customer has an account'),
  ]);

  suite.provider.fail('checkUniqueness', permanent('EmailTaken'));
  const body = singleRequest();
  const { reference } = body;
  await suite.gateway.call('POST', '/v1/onboardings', { body });
  await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}/result?wait=30`);
  suite.temporal.startClock = 'real';
  const asked = await call('POST', `${reference}/erasure`, { reason: 'by letter' });
  suite.temporal.startClock = 'frozen';
  expect(asked).toMatchObject({ status: 202, body: { workflowId: `erasure.defentry.${reference}` } });
  const record = await call('GET', `${reference}/erasure/result?wait=30`);
  expect(record).toMatchObject({
    status: 200,
    body: { outcome: 'erased', erased: [{ what: 'onboarding', count: 1 }] },
  });
  expect((await call('GET', `${reference}/erasure`)).body).toMatchObject({ outcome: 'erased', remainder: [] });
  expect((await call('GET', `${reference}/erasure/decisions`)).body.decisions).toMatchObject([
    { action: 'erase', by: 'caller-all', reason: 'by letter' },
  ]);
  const customer = customerHash(parseKeyRing(keys, 'test'), { provider: 'defentry', reference });
  const route = '/v1/accounts/:provider/:reference/erasure/decisions';
  expect(suite.gateway.lines().filter((line) => line.customer === customer)).toMatchObject([
    { audit: 'decisions', caller: 'caller-all', route },
  ]);
  expect((await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}`)).status).toBe(404);
});
