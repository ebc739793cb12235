import { createDefentry } from '../../../activities/defentry/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { MEMBER, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { configFor } from './settings.ts';

/** Vendor answers that the sandbox does not give by itself. */
const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());
afterEach(closeDesks);

type Answer = [status: number, body?: object];

/** The steps against fixed answers by `METHOD last-path-segment`; the rest is 404. */
function stepsWith(answers: Record<string, Answer>) {
  server.handle(({ method, path }, response) => {
    if (path.endsWith('/login')) return answer(response, 200, { token: 't' });
    const [status, body] = answers[`${method} ${path.split('/').at(-1)}`] ?? [404, { error: 'Not found' }];
    return answer(response, status, body);
  });
  return createDefentry(configFor(server.url)).activities;
}

const UNIQUENESS = 'POST check-attribute-for-uniqueness';

test('an answer with another external id than the one asked for is never adopted', async () => {
  const steps = stepsWith({ 'GET ref-1': [200, { data: { id: 1, external_id: 'REF-1' } }] });
  const failure = await failureOf(steps.createAccount({ request: requestFor() }));
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(server.received.filter(({ method, path }) => method === 'POST' && !path.endsWith('/login'))).toHaveLength(0);
});

test.each<[string, Answer | 'lost']>([
  ['answered 503', [503]],
  ['throttled', [429, { error: { code: 'RATE_LIMITED' } }]],
  ['refused', [403, { error: { code: 'FORBIDDEN' } }]],
  ['answered by something else', [200, { result: {} }]],
  ['lost', 'lost'],
])('a look at what was just created that is %s deletes nothing, and the next attempt adopts it', async (_, said) => {
  let looks = 0;
  server.handle(({ method, path }, response, request) => {
    if (path.endsWith('/login')) return answer(response, 200, { token: 't' });
    if (method === 'POST') return answer(response, 201, { data: { id: 7 } });
    looks += 1;
    if (looks === 1) return answer(response, 404, { error: 'Not found' });
    if (looks > 2) return answer(response, 200, { data: { id: 7, external_id: 'ref-1' } });
    return said === 'lost' ? request.socket.resetAndDestroy() : answer(response, ...said);
  });
  const { createAccount } = createDefentry(configFor(server.url)).activities;
  const create = () => createAccount({ request: requestFor() });
  expect(await failureOf(create())).toMatchObject({ type: 'UnknownOutcome', nonRetryable: false });
  expect(await create()).toEqual({ accountId: '7', created: false });
  const changes = server.received.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/login'));
  expect(changes.map(({ method }) => method)).toEqual(['POST']);
});

test('an SSN is looked up as given and then without hyphen', async () => {
  const steps = stepsWith({ [UNIQUENESS]: [200, { is_unique: true }], 'GET 199001011234': [200, { data: { id: 9 } }] });
  const request = requestFor({ ssn: '19900101-1234' });
  expect(await failureOf(steps.checkUniqueness({ request }))).toMatchObject({ type: 'SsnTaken' });
});

test.each<[string, Answer, string]>([
  ['409', [409, { error: { code: 'CONFLICT' } }], 'EmailTaken'],
  ['422 naming the value', [422, { errors: { value: ['taken'] } }], 'EmailTaken'],
  ['422 naming something else', [422, { errors: { attribute: ['unknown'] } }], 'Invalid'],
])('a uniqueness check answered by %s', async (_, check, type) => {
  const steps = stepsWith({ [UNIQUENESS]: check });
  expect(await failureOf(steps.checkUniqueness({ request: requestFor() }))).toMatchObject({ type });
});

test('a verification mail for an address that is confirmed already is no failure', async () => {
  const steps = stepsWith({
    'POST resend-confirm-email': [409, { error: { code: 'CONFLICT' } }],
    'GET 1': [200, { data: { id: 1, is_active: true } }],
  });
  await expect(steps.sendVerification({ accountId: '1' })).resolves.toBeUndefined();
});

test('a verification mail that is refused for another reason is one', async () => {
  const steps = stepsWith({ 'POST resend-confirm-email': [403, { error: { code: 'FORBIDDEN' } }] });
  expect(await failureOf(steps.sendVerification({ accountId: '1' }))).toMatchObject({ type: 'Forbidden' });
});

test('an invitation that clashes while the member has not accepted needs a person', async () => {
  const members = { data: [{ id: 8, external_id: 'ref-1.m1', invitation_status: 'NONE' }] };
  const steps = stepsWith({ 'GET members': [200, members], 'POST invite': [409, { error: { code: 'CONFLICT' } }] });
  const invite = steps.inviteMember({ accountId: '7', memberId: '8', member: MEMBER, again: false });
  expect(await failureOf(invite)).toMatchObject({ type: 'Conflict', nonRetryable: true });
});

test('an invitation accepted between the look and the call is no failure', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const { memberId } = await desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
  const invite = () => desk.steps.inviteMember({ accountId, memberId, member: MEMBER, again: true });
  await invite();
  desk.act('invitation');
  const route = 'GET /api/v1/account/:account_id/members';
  const body = { data: [{ id: memberId, invitation_status: 'PENDING' }] };
  desk.sandbox.faults.add({ kind: 'schema-drift', route, body });
  await invite();
  expect(desk.count('invitation.sent')).toBe(1);
});

test('a new address that clashes with an earlier attempt of ours is ours', async () => {
  let email = 'anna@example.com';
  server.handle(({ method, path }, response) => {
    if (path.endsWith('/login')) return answer(response, 200, { token: 't' });
    if (method === 'GET') return answer(response, 200, { data: { id: 7, email, is_active: false } });
    email = 'new@example.com'; // by the attempt that was still under way
    return answer(response, 422, { errors: { email: ['taken'] } });
  });
  const { applyChange } = createDefentry(configFor(server.url)).activities;
  const change = { kind: 'change-email', email: 'new@example.com' } as const;
  const applied = await applyChange({ accountId: '7', ownerReference: 'ref-1', change });
  expect(applied).toEqual({ proven: true, verificationNeeded: true });
});

test('two additions that both see "not there" make one member, and both get it', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const route = 'GET /api/v1/account/:account_id/members';
  desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route, times: 2 });
  const add = () => desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
  const both = await Promise.all([add(), add()]);
  expect(new Set(both.map(({ memberId }) => memberId)).size).toBe(1);
  expect(desk.count('member.added')).toBe(1);
});
