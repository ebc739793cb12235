import { randomUUID } from 'node:crypto';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { onRecord } from '../client/on-record.ts';
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

const EMAIL = { kind: 'change-email', email: 'new@example.com' };
const PLAN = { kind: 'upgrade-plan', planId: '2' };
const customer = () => `c-${randomUUID()}`;
const changeOf = (change: object, more: object = {}) => ({ changeId: `ch-${randomUUID()}`, change, ...more });
const applied = (note: string) => suite.provider.effects.filter((effect) => effect === `applyChange ${note}`).length;

/** A change that waits for the person who is to confirm the new address. */
async function waiting(): Promise<{ reference: string; changeId: string }> {
  const [reference, asked] = [customer(), changeOf(EMAIL)];
  expect((await call('POST', `${reference}/changes`, asked)).status).toBe(202);
  await eventually(
    () => call('GET', `${reference}/changes`),
    ({ body }) => body.wait?.for === 'emailChanged',
  );
  return { reference, changeId: asked.changeId };
}

test('a plan is changed, once, however often it is asked for', async () => {
  const [reference, asked] = [customer(), changeOf(PLAN)];
  const before = applied('upgrade-plan');
  const { status, body } = await call('POST', `${reference}/changes`, asked);
  const taken = { provider: 'defentry', reference, changeId: asked.changeId, ahead: 0 };
  expect([status, body]).toEqual([202, { ...taken, workflowId: `change.defentry.${reference}` }]);
  const end = await call('GET', `${reference}/changes/${asked.changeId}/result?wait=30`);
  expect([end.status, end.body]).toMatchObject([200, { kind: 'upgrade-plan', status: 'done' }]);
  expect((await call('POST', `${reference}/changes`, asked)).status).toBe(202);
  const other = await call('POST', `${reference}/changes`, { ...asked, change: { ...PLAN, planId: '3' } });
  expect([other.status, other.body.detail]).toEqual([
    409,
    expect.stringMatching(/^changeId: belongs to another change/),
  ]);
  expect(applied('upgrade-plan')).toBe(before + 1);
  expect(end.text).not.toContain('fingerprint');
  expect(await onRecord(suite, body.workflowId)).toContainEqual({
    ...asked,
    ifBusy: 'wait',
    fingerprint: expect.any(String),
    by: 'caller-all',
  });
  expect((await call('GET', `${reference}/changes`)).body).toEqual(
    await suite.onboardings.changes.progress('defentry', reference),
  );
});

test('a new address waits for its person: mail again, code, report; its changes wait behind it or are refused', async () => {
  const { reference, changeId } = await waiting();
  const result = `${reference}/changes/${changeId}/result`;
  expect((await call('GET', result)).status).toBe(204);
  expect((await call('GET', `${result}?wait=1`)).status).toBe(204);
  const refused = await call('POST', `${reference}/changes`, changeOf(PLAN, { ifBusy: 'refuse' }));
  expect([refused.status, refused.body]).toMatchObject([
    409,
    { type: '/problems/account-busy', reason: 'Busy', detail: expect.stringMatching(/^ifBusy: another change/) },
  ]);
  expect((await call('POST', `${reference}/changes`, changeOf(PLAN))).body).toMatchObject({ ahead: 1 });
  expect((await call('POST', `${reference}/changes/resend-verification`)).status).toBe(204);
  const wrong = await call('POST', `${reference}/changes/confirm-email`, { code: 'wrong' }, tokens.start);
  expect(wrong.body).toEqual({ confirmed: false });
  suite.provider.account.emailVerified = true;
  const clicked = { eventId: 'clicked' };
  expect((await call('POST', `${reference}/changes/email-verified`, clicked, tokens.start)).status).toBe(202);
  expect((await call('GET', `${result}?wait=30`)).body).toMatchObject({ kind: 'change-email', status: 'done' });
});

test('a cancel sets the old address again, and each change tells how it ended', async () => {
  const { reference, changeId } = await waiting();
  const words = { by: 'night shift', reason: 'the address was wrong' };
  expect((await call('POST', `${reference}/changes/cancel`, words)).status).toBe(202);
  const { body } = await call('GET', `${reference}/changes/${changeId}/result?wait=30`);
  expect(body).toMatchObject({ status: 'aborted' });
  expect(suite.provider.account.email).toBe('ada@example.com');
  await eventually(
    () => call('GET', reference),
    (account) => account.body.runs[0].status === 'cancelled',
  );
  expect((await call('GET', `${reference}/changes/decisions`)).body.decisions).toMatchObject([
    { action: 'cancel', by: 'night shift (via caller-all)', reason: words.reason },
  ]);
  const late = await call('POST', `${reference}/changes/cancel`);
  expect([late.status, late.body.type]).toEqual([409, '/problems/onboarding-ended']);
});

test('an operator decides about a change, on record by name and reason', async () => {
  suite.provider.fail('applyChange', permanent('Forbidden'));
  const [reference, asked] = [customer(), changeOf(PLAN)];
  await call('POST', `${reference}/changes`, asked);
  const { body } = await eventually(
    () => call('GET', `${reference}/changes`),
    (story) => story.body.attention !== undefined,
  );
  expect(body.attention).toMatchObject({ step: 'applyChange', code: 'Forbidden' });
  const decision = { step: 'applyChange', action: 'retry', reason: 'the vendor gave us the right' };
  expect((await call('POST', `${reference}/changes/resolve`, decision, tokens.operate)).status).toBe(204);
  expect((await call('GET', `${reference}/changes/${asked.changeId}/result?wait=30`)).body.status).toBe('done');
  const told = await call('GET', `${reference}/changes/decisions`, undefined, tokens.operate);
  expect(told.body.decisions).toMatchObject([{ ...decision, code: 'Forbidden', by: 'caller-operate' }]);
  for (const part of ['', '/changes', `/changes/${asked.changeId}/result`]) {
    expect((await call('GET', `${reference}${part}`, undefined, tokens.read)).text).not.toContain(decision.reason);
  }
});

test('an open onboarding takes the change; the list of runs knows each by its type', async () => {
  const { reference } = singleRequest();
  await suite.gateway.call('POST', '/v1/onboardings', { body: singleRequest({ reference }) });
  await eventually(
    () => suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}`),
    ({ body }) => body.waitingFor === 'emailVerified',
  );
  const asked = changeOf(EMAIL);
  expect((await call('POST', `${reference}/changes`, asked)).body.workflowId).toBe(`onboarding.defentry.${reference}`);
  await eventually(
    () => call('GET', reference),
    ({ body }) => body.runs.length === 2,
  );
  const listed = async (query: string): Promise<string[]> => {
    const { body } = await suite.gateway.call('GET', `/v1/runs?status=running&limit=200${query}`);
    return body.runs.flatMap((run: { type: string; reference: string }) =>
      run.reference === reference ? [run.type] : [],
    );
  };
  await eventually(
    () => listed('&provider=defentry'),
    (types) => types.toSorted().join() === 'change,onboarding',
  );
  expect(await listed('&types=change&types=offboarding')).toEqual(['change']);
  expect(await listed('&types=onboarding')).toEqual(['onboarding']);
  await suite.onboardings.changes.cancel('defentry', reference);
  await cancelled(suite.onboardings, reference);
});

test('bad input starts nothing and is not repeated', async () => {
  const reference = customer();
  const asked = changeOf({ kind: 'change-email', email: 'CANARY' }, { changeId: 'CANARY@example.com' });
  const { status, body, text } = await call('POST', `${reference}/changes`, asked);
  expect([status, body.errors.map(({ field }: { field: string }) => field).toSorted()]).toEqual([
    400,
    ['change.email', 'changeId'],
  ]);
  expect(text + suite.gateway.log.join()).not.toContain('CANARY');
  expect((await call('GET', reference)).body).toEqual({ runs: [] });
  const elsewhere = await call('POST', `${reference}/changes`, { ...changeOf(PLAN), reference: 'other' });
  expect(elsewhere.body.errors).toMatchObject([{ field: 'reference' }]);
  const types = await suite.gateway.call('GET', '/v1/runs?types=CANARY');
  expect([types.status, types.text]).toEqual([400, expect.not.stringContaining('CANARY')]);
});

test.each([
  ['GET', 'nobody/changes', undefined],
  ['GET', 'nobody/changes/ch-1/result', undefined],
  ['GET', 'nobody/changes/cancel/result', undefined],
  ['POST', 'nobody/changes/cancel', undefined],
  ['POST', 'nobody/changes/email-verified', { eventId: 'e' }],
  ['POST', 'nobody/changes/confirm-email', { code: '1' }],
  ['POST', 'nobody/changes/resend-verification', undefined],
  ['POST', 'nobody/changes/resolve', { step: 'applyChange', action: 'retry', reason: 'x' }],
  ['GET', 'nobody/changes/decisions', undefined],
])('of changes that are not there: %s %s', async (method, path, body) => {
  const answer = await call(method, path, body);
  expect([answer.status, answer.body.type]).toEqual([404, '/problems/onboarding-not-found']);
});
