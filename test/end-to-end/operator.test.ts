import type { AttentionProgress } from '../../contract/progress.ts';
import { eventually } from '../setup/eventually.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { effectsOf, remaining } from './ledger.ts';
import { familyRequest, newPerson, singleRequest } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({ playAfterMs: 10, env: { DEFENTRY_SSN_FORM: 'any' } });
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

/** Keeps our rules, where the vendor is to judge SSNs, and breaks the provider's. */
const REFUSED_SSN = 'AB-1234';

/** An answer that makes no sense for the call, after its effect. */
const MADE_AND_REFUSED = {
  kind: 'in-between',
  status: 405,
  type: 'application/json',
  body: '{"error":{"code":"METHOD_NOT_ALLOWED"}}',
  when: 'after',
} as const;

function attention(reference: string, member?: string): Promise<AttentionProgress> {
  const { onboardings } = deployment;
  return eventually('a call for an operator', async () => {
    const told = member
      ? await onboardings.memberProgress('defentry', reference, member).catch(() => undefined)
      : await onboardings.progress('defentry', reference);
    return told?.attention;
  });
}

test('data the provider refuses are corrected by an operator and sent again: one account', async () => {
  const { sandbox, onboardings } = deployment;
  const request = singleRequest({ person: { ...newPerson(), ssn: REFUSED_SSN } });
  const { provider, reference } = await onboardings.start(request);
  expect(await attention(reference)).toMatchObject({
    step: 'createAccount',
    code: 'Invalid',
    sentence: expect.stringMatching(/refused the data.*\(422, VALIDATION_ERROR, fields ssn/),
    allowed: ['retry', 'abort'],
  });
  expect(effectsOf(sandbox, reference)).toEqual({});
  await onboardings.correct(provider, reference, { path: 'person.ssn', value: '19900303-1234' });
  await onboardings.resolve(provider, reference, {
    step: 'createAccount',
    action: 'retry',
    reason: 'the cause is gone',
  });
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', account: 'active' });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1, 'ssn.written': 1 });
});

test('monitoring that is answered 403 may lack a permission: an operator decides, and the account stays', async () => {
  const { sandbox, onboardings } = deployment;
  const { provider, reference } = await onboardings.start(familyRequest({ planId: '2', members: [] }));
  expect(await attention(reference)).toMatchObject({
    step: 'enableSsnMonitoring',
    code: 'Forbidden',
    allowed: ['retry', 'skip', 'abort'],
  });
  await onboardings.resolve(provider, reference, {
    step: 'enableSsnMonitoring',
    action: 'skip',
    reason: 'the plan has none',
  });
  expect(await onboardings.result(provider, reference)).toMatchObject({
    outcome: 'completed-with-gaps',
    account: 'active',
  });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.created': 1 });
  expect(effectsOf(sandbox, reference)).not.toHaveProperty(['account.deleted']);
});

test('a member’s data too', async () => {
  const { sandbox, onboardings } = deployment;
  const members = [{ reference: 'm1', person: { ...newPerson(), ssn: REFUSED_SSN } }];
  const { provider, reference } = await onboardings.start(familyRequest({ members }));
  expect(await attention(reference, 'm1')).toMatchObject({ step: 'addMember', code: 'Invalid' });
  const correct = (path: string, value: string) =>
    onboardings.correct(provider, reference, { member: 'm1', path, value });
  await correct('person.ssn', '19900303-4321');
  await correct('person.email', 'corrected-member@example.com');
  await expect(correct('planId', '1')).rejects.toThrow('names no value of a member');
  sandbox.faults.add({ ...MADE_AND_REFUSED, route: 'POST /api/v1/account/:account_id/member' });
  await onboardings.resolve(provider, reference, {
    member: 'm1',
    step: 'addMember',
    action: 'retry',
    reason: 'the cause is gone',
  });
  await eventually('the added member', () => effectsOf(sandbox, reference)['member.added']);
  await eventually(
    'another call for an operator',
    async () => (await attention(reference, 'm1')).code === 'ContractViolation',
  );
  await expect(correct('person.email', 'again@example.com')).rejects.toThrow(
    'the provider may have this value already',
  );
  await onboardings.resolve(provider, reference, {
    member: 'm1',
    step: 'addMember',
    action: 'retry',
    reason: 'the cause is gone',
  });
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'member.added': 1, 'invitation.accepted': 1 });
  expect(remaining(sandbox, reference)).toEqual([reference, `${reference}.m1`]);
});

test('a member with a corrected address is taken back from the customer’s run', async () => {
  const { sandbox, onboardings } = deployment;
  const members = [{ reference: 'm1', person: { ...newPerson(), ssn: REFUSED_SSN } }];
  // The last call keeps failing, so the run is still there when the member's own has ended.
  const route = 'POST /api/v1/account/:account_id/phone-watchlist';
  const held = sandbox.faults.add({ kind: 'server-error', route, probability: 1 });
  const { provider, reference } = await onboardings.start(familyRequest({ members }));
  await attention(reference, 'm1');
  const correct = (path: string, value: string) =>
    onboardings.correct(provider, reference, { member: 'm1', path, value });
  await correct('person.ssn', '19900303-8765');
  await correct('person.email', 'moved-member@example.com');
  await onboardings.resolve(provider, reference, {
    member: 'm1',
    step: 'addMember',
    action: 'retry',
    reason: 'the cause is gone',
  });
  await eventually('the member', async () => {
    const { members: told } = await onboardings.progress(provider, reference);
    return held.fired > 0 && told.every(({ status }) => status === 'accepted');
  });
  await onboardings.cancel(provider, reference);
  await expect(onboardings.result(provider, reference)).rejects.toThrow('cancelled and undone');
  expect(remaining(sandbox, reference)).toEqual([]);
});

test('an operator who gives up leaves nothing behind', async () => {
  const { sandbox, onboardings } = deployment;
  sandbox.faults.add({ ...MADE_AND_REFUSED, route: 'POST /api/v1/account' });
  const { provider, reference } = await onboardings.start(singleRequest());
  expect(await attention(reference)).toMatchObject({ step: 'createAccount', code: 'ContractViolation' });
  expect(remaining(sandbox, reference)).toEqual([reference]);
  await onboardings.resolve(provider, reference, {
    step: 'createAccount',
    action: 'abort',
    reason: 'the cause is gone',
  });
  expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'aborted', account: 'none' });
  expect(remaining(sandbox, reference)).toEqual([]);
});

test('a step that is no part of the account may be left out', async () => {
  const { sandbox, onboardings } = deployment;
  const route = 'POST /api/v1/account/:account_id/phone-watchlist';
  sandbox.faults.add({
    kind: 'schema-drift',
    route: 'GET /api/v1/account/:account_id/phone-watchlist',
    probability: 1,
  });
  const { provider, reference } = await onboardings.start(familyRequest());
  expect(await attention(reference)).toMatchObject({ step: 'enrolWatchlists', allowed: ['retry', 'skip', 'abort'] });
  await onboardings.resolve(provider, reference, {
    step: 'enrolWatchlists',
    action: 'skip',
    reason: 'the cause is gone',
  });
  expect(await onboardings.result(provider, reference)).toMatchObject({
    outcome: 'completed-with-gaps',
    gaps: [{ step: 'enrolWatchlists', reason: 'skipped' }],
  });
  expect(sandbox.faults.add({ kind: 'drop', route, probability: 0 }).matched).toBe(0);
});

describe('a correction', () => {
  const correction = { path: 'person.email', value: 'other@example.com' };

  test('is refused while the account is being created with the value', async () => {
    const { sandbox, onboardings } = deployment;
    const down = sandbox.faults.add({ kind: 'html-503', route: 'POST /api/v1/account', probability: 1 });
    const { provider, reference } = await onboardings.start(singleRequest());
    await eventually('the first try to create', () => down.fired > 0);
    await expect(onboardings.correct(provider, reference, correction)).rejects.toThrow(
      'the provider may have this value already',
    );
    await onboardings.cancel(provider, reference);
  });

  test('is refused as long as nobody knows whether the account was created with the value', async () => {
    const { sandbox, onboardings } = deployment;
    // No answer in time: a broken connection would be looked into at once, before the look-up can be made to fail.
    sandbox.faults.add({ kind: 'delay', ms: 20_000, when: 'after', route: 'POST /api/v1/account' });
    const request = singleRequest({ policy: { attention: { after: 'PT5S', retryEvery: 'PT1S' } } });
    const { provider, reference } = await onboardings.start(request);
    await eventually('the effect', () => effectsOf(sandbox, reference)['account.created']);
    const route = 'GET /api/v1/account/external-id/:external_id';
    const blind = sandbox.faults.add({ kind: 'server-error', route, probability: 1 });
    await attention(reference);
    await expect(onboardings.correct(provider, reference, correction)).rejects.toThrow(
      'the provider may have this value already',
    );
    sandbox.faults.remove(blind.id);
    // Found again by itself, without anybody's decision.
    expect(await onboardings.result(provider, reference)).toMatchObject({ outcome: 'completed' });
    expect(effectsOf(sandbox, reference)['account.created']).toBe(1);
  });
});
