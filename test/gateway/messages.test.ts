import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { reset, singleRequest } from '../client/suite.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { signalsOf } from '../setup/history.ts';
import { startRelay } from './relay.ts';
import { openGatewaySuite, startGateway, tokens, type GatewaySuite } from './suite.ts';
import { customerHash } from '../../encryption/customer-hash.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { keys } from '../workflows/suite.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const eid = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
const partner = { reference: 'partner', person: { firstName: 'Nils', lastName: 'Test', email: 'nils@example.com' } };

const call = (method: string, path: string, body?: unknown, token = tokens.all) =>
  suite.gateway.call(method, `/v1/onboardings/defentry/${path}`, { body, token });

async function waitingFor(what: string, changes: Partial<OnboardingRequest> = {}): Promise<string> {
  const request = singleRequest(changes);
  expect((await suite.gateway.call('POST', '/v1/onboardings', { body: request })).status).toBe(201);
  await eventually(
    () => call('GET', request.reference),
    ({ body }) => body.waitingFor === what,
  );
  return request.reference;
}

test('a customer without SSN: mail sent again, code, link, new link, back from the eID; the links only for who may start', async () => {
  const { provider } = suite;
  const reference = await waitingFor('emailVerified', { identification: eid, ssnMonitoring: true });
  expect((await call('POST', `${reference}/resend-verification`)).status).toBe(204);
  expect(provider.effects).toContain('sendVerification');
  expect((await call('POST', `${reference}/confirm-email`, { code: 'wrong' })).body).toEqual({ confirmed: false });
  expect((await call('POST', `${reference}/confirm-email`, { code: 'right' })).body).toEqual({ confirmed: true });
  const { body, headers } = await eventually(
    () => call('GET', `${reference}/eid-link`),
    (answer) => answer.body.link !== undefined,
  );
  expect(headers.get('cache-control')).toBe('no-store');
  for (const part of ['', '/progress', '/result']) {
    expect((await call('GET', `${reference}${part}`, undefined, tokens.read)).text).not.toContain(body.link);
  }
  expect(await call('GET', `${reference}/eid-link`, undefined, tokens.read)).toMatchObject({
    status: 403,
    body: { type: '/problems/scope-missing', scope: 'start' },
  });
  const renewed = await call('POST', `${reference}/renew-eid-link`);
  expect(renewed.body.link).not.toBe(body.link);
  const customer = customerHash(parseKeyRing(keys, 'test'), { provider: 'defentry', reference });
  const audited = suite.gateway.lines().filter((line) => line.customer === customer);
  // The refused request has shown nothing.
  expect(audited.map(({ audit, caller }) => [audit, caller])).toEqual(audited.map(() => ['eid-link', 'caller-all']));
  expect(new Set(audited.map(({ route }) => route))).toEqual(
    new Set(['/v1/onboardings/:provider/:reference/eid-link', '/v1/onboardings/:provider/:reference/renew-eid-link']),
  );
  provider.eid = 'completed';
  const back = { eventId: 'back' };
  expect((await call('POST', `${reference}/eid-completed`, back)).status).toBe(202);
  const result = await call('GET', `${reference}/result?wait=30`);
  expect([result.status, result.body]).toEqual([200, await suite.onboardings.result('defentry', reference)]);
  expect(result.body.outcome).toBe('completed');
});

test('a fact that may have arrived is not said to be lost when the way to Temporal is cut before the answer', async () => {
  const reference = await waitingFor('emailVerified');
  const { address, taskQueue } = suite.temporal;
  const relay = await startRelay(address);
  const env = { TEMPORAL_ADDRESS: relay.address, ONBOARDING_TASK_QUEUE: taskQueue, ONBOARDING_CALL_DEADLINE: 'PT5S' };
  const cut = await startGateway({ env });
  const path = `/v1/onboardings/defentry/${reference}`;
  expect((await cut.call('GET', path)).status).toBe(200);
  // The library asks which run is the newest, then sends what is sealed for it.
  relay.holdAfter('binary/encrypted');
  const told = await cut.call('POST', `${path}/email-verified`, { body: { eventId: 'click' } });
  relay.release();
  expect([told.status, told.body.detail]).toEqual([503, expect.stringContaining('may or may not have had its effect')]);
  const run = suite.temporal.client.workflow.getHandle(`onboarding.defentry.${reference}`);
  expect(await signalsOf(run)).toHaveLength(1);
  await cut.close();
  await relay.close();
});

test('members: added, followed, accepted, removed', async () => {
  const { provider } = suite;
  const reference = await waitingFor('emailVerified', { kind: 'family' });
  expect((await call('POST', `${reference}/members`, partner)).status).toBe(204);
  expect((await call('POST', `${reference}/members`, { ...partner, reference: 'child' })).status).toBe(204);
  const { body } = await eventually(
    () => call('GET', `${reference}/members/partner/progress`),
    (story) => story.body.wait?.for === 'memberAccepted',
  );
  expect(body).toEqual(await suite.onboardings.memberProgress('defentry', reference, 'partner'));
  expect((await call('GET', `${reference}/members/partner`)).body).toMatchObject({ reference, member: 'partner' });
  expect((await call('DELETE', `${reference}/members/child`)).status).toBe(204);
  provider.verified = true;
  provider.accepted.add('partner');
  expect((await call('POST', `${reference}/email-verified`, { eventId: 'clicked' })).status).toBe(202);
  const accepted = { eventId: 'accepted', member: 'partner' };
  expect((await call('POST', `${reference}/member-accepted`, accepted)).status).toBe(202);
  expect((await call('GET', `${reference}/result?wait=30`)).body).toMatchObject({
    outcome: 'completed',
    members: [
      { reference: 'partner', status: 'accepted' },
      { reference: 'child', status: 'removed' },
    ],
  });
});

test('an operator corrects and retries', async () => {
  const { provider } = suite;
  provider.fail('createAccount', permanent('Invalid'));
  provider.verified = true;
  const reference = await waitingFor('operator');
  const { body } = await call('GET', `${reference}/progress`);
  expect(body).toEqual(await suite.onboardings.progress('defentry', reference));
  expect(body.attention).toMatchObject({ step: 'createAccount', code: 'Invalid' });
  const correction = { path: 'person.email', value: 'ada@other.example' };
  expect((await call('POST', `${reference}/correct`, correction)).status).toBe(204);
  const decision = { step: 'createAccount', action: 'retry', reason: 'the customer has corrected it' };
  expect((await call('POST', `${reference}/resolve`, decision)).status).toBe(204);
  expect((await call('GET', `${reference}/result?wait=30`)).body).toMatchObject({ outcome: 'completed' });
  const { body: told, headers } = await call('GET', `${reference}/decisions`);
  expect(told).toEqual({ decisions: await suite.onboardings.decisions('defentry', reference) });
  expect(told.decisions).toMatchObject([{ ...decision, code: 'Invalid', by: 'caller-all' }]);
  expect(headers.get('cache-control')).toBe('no-store');
});

test('a decision about a member goes to the member’s own run, in the name that the caller gives and in its own', async () => {
  suite.provider.fail('addMember', permanent('Forbidden'));
  const reference = await waitingFor('emailVerified', { kind: 'family', members: [partner] });
  await eventually(
    () => call('GET', `${reference}/members/partner/progress`),
    ({ body }) => body.attention !== undefined,
  );
  const by = 'n'.repeat(100);
  const decision = { step: 'addMember', action: 'retry', by, reason: 'the vendor gave us the right' };
  expect((await call('POST', `${reference}/resolve`, { ...decision, member: 'partner' })).status).toBe(204);
  expect((await call('GET', `${reference}/members/partner/decisions`)).body.decisions).toMatchObject([
    { ...decision, by: `${by} (via caller-all)` },
  ]);
  expect((await call('GET', `${reference}/decisions`)).body).toEqual({ decisions: [] });
});

test('nobody decides without a reason, and only those who operate read one', async () => {
  const { status, body } = await call('POST', 'nobody/resolve', { step: 'createAccount', action: 'retry' });
  expect([status, body.errors]).toEqual([400, [{ field: 'reason', message: 'is missing; add it.' }]]);
  expect(await call('GET', 'nobody/decisions', undefined, tokens.read)).toMatchObject({ body: { scope: 'operate' } });
});

test('a cancelled run has no result; nothing is waited for while it runs', async () => {
  const reference = await waitingFor('emailVerified');
  expect((await call('GET', `${reference}/result`)).status).toBe(204);
  expect((await call('GET', `${reference}/result?wait=1`)).status).toBe(204);
  expect((await call('POST', `${reference}/cancel`)).status).toBe(202);
  expect(await call('GET', `${reference}/result?wait=30`)).toMatchObject({
    status: 409,
    body: { type: '/problems/onboarding-cancelled' },
  });
});

test('a run whose undo leaves something behind says what', async () => {
  suite.provider.failForever('removeAccount', permanent('Forbidden'));
  const reference = await waitingFor('emailVerified');
  await call('POST', `${reference}/cancel`);
  const failed = { failure: 'UndoIncomplete', remainder: [{ step: 'createAccount', code: 'Forbidden' }] };
  expect(await call('GET', `${reference}/result?wait=30`)).toMatchObject({
    status: 409,
    body: { type: '/problems/onboarding-failed', ...failed },
  });
});

test('a refused message carries the run’s own sentence', async () => {
  const reference = await waitingFor('emailVerified');
  expect(await call('POST', `${reference}/resolve`, { step: 'identify', action: 'skip', reason: 'x' })).toMatchObject({
    status: 409,
    body: {
      type: '/problems/message-refused',
      detail: 'step: needs no decision; `progress` names the step that does.',
      reason: 'UpdateRefused',
    },
  });
});

test('a run that has ended takes no messages, but still tells its story', async () => {
  suite.provider.verified = true;
  const { reference } = singleRequest();
  await suite.gateway.call('POST', '/v1/onboardings', { body: singleRequest({ reference }) });
  expect((await call('GET', `${reference}/result?wait=30`)).body).toMatchObject({ outcome: 'completed' });
  const ended = { status: 409, body: { type: '/problems/onboarding-ended' } };
  expect(await call('POST', `${reference}/email-verified`, { eventId: 'late' })).toMatchObject(ended);
  expect(await call('POST', `${reference}/resend-verification`)).toMatchObject(ended);
  expect(await call('POST', `${reference}/cancel`)).toMatchObject(ended);
  expect((await call('GET', `${reference}/progress`)).body).toMatchObject({ outcome: 'completed' });
});

test.each([
  ['GET', 'nobody', undefined],
  ['GET', 'nobody/progress', undefined],
  ['GET', 'nobody/events', undefined],
  ['GET', 'nobody/result', undefined],
  ['GET', 'nobody/members/child', undefined],
  ['GET', 'nobody/members/child/progress', undefined],
  ['GET', 'nobody/eid-link', undefined],
  ['POST', 'nobody/email-verified', { eventId: 'e' }],
  ['POST', 'nobody/confirm-email', { code: '1' }],
  ['POST', 'nobody/members', partner],
  ['DELETE', 'nobody/members/child', undefined],
  ['POST', 'nobody/correct', { path: 'person.email', value: 'x@example.com' }],
  ['POST', 'nobody/cancel', undefined],
  ['POST', 'nobody/resolve', { step: 'createAccount', action: 'retry', reason: 'x' }],
  ['POST', 'nobody/resolve', { step: 'createAccount', action: 'retry', reason: 'x', call: 2 }],
  ['GET', 'nobody/decisions', undefined],
  ['GET', 'nobody/members/child/decisions', undefined],
])('of a run that is not there: %s %s', async (method, path, body) => {
  const answer = await call(method, path, body);
  expect([answer.status, answer.body.type]).toEqual([404, '/problems/onboarding-not-found']);
});

test.each([
  ['anna@example.com', 'reference', /national|letters|e-mail/],
  ['19121212-1212', 'reference', /^looks like a national ID/],
  ['c%201', 'reference', /^must be 1 to 64/],
])('an address that is none is refused and not repeated: %s', async (reference, field, message) => {
  const answer = await call('GET', `${reference}/progress`);
  expect([answer.status, answer.body.errors]).toEqual([400, [{ field, message: expect.stringMatching(message) }]]);
  expect(answer.text).not.toContain(decodeURIComponent(reference));
  expect(suite.gateway.log.join()).not.toContain(decodeURIComponent(reference));
});
