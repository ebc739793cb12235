import { MockActivityEnvironment } from '@temporalio/testing';
import type { DefentryOptionsInput } from '../../../sandbox/defentry/index.ts';
import type { Fault } from '../ready.ts';
import { FAILURES } from '../../../contract/failures.ts';
import { attempts } from '../activity.ts';
import { MEMBER, OWN, POLL, SSN, closeDesks, failureOf, inActivity, openDesk, requestFor } from './desk.ts';

afterEach(closeDesks);

const EXTERNAL_ID = 'GET /api/v1/account/external-id/:external_id';
const ACCOUNT = 'GET /api/v1/account/:account_id';
const LOGIN = 'POST /api/v1/crm/auth/login';
const UNIQUENESS = 'POST /api/v1/account/check-attribute-for-uniqueness';
const CREATE = 'POST /api/v1/account';
const WATCH = 'POST /api/v1/account/:account_id/email-watchlist';

const inBetween = (status: number, body: string, type = 'application/json', headers = {}): Fault => ({
  kind: 'in-between',
  status,
  body,
  type,
  headers,
});

describe('2.3: that there is no account is Defentry’s own word', () => {
  test.each<[string, Fault]>([
    ['an ingress without a backend', { kind: 'in-between' }],
    ['a gateway that knows no such route', inBetween(404, '{"message":"no Route matched with those values"}')],
    ['a framework’s own page', inBetween(404, '{"timestamp":"x","status":404,"error":"Not Found","path":"/"}')],
    ['a 410 of a proxy', inBetween(410, 'Gone', 'text/plain')],
    ['a login that is not there', { kind: 'in-between', route: LOGIN }],
  ])('not that of %s', async (_, fault) => {
    const desk = await openDesk();
    const accountId = await desk.account();
    for (const [route, step] of [
      [EXTERNAL_ID, () => desk.steps.findAccount({ reference: 'ref-1' })],
      [ACCOUNT, () => desk.steps.readAccount({ accountId })],
      ['DELETE /api/v1/account/:account_id', () => desk.steps.removeAccount({ ...OWN, accountId })],
    ] as const) {
      desk.sandbox.expireTokens();
      const added = desk.sandbox.faults.add({ route, ...fault });
      const failure = await failureOf(step());
      expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
      expect(added.fired).toBe(1);
    }
    expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: true });
  });

  test('in either format', async () => {
    const desk = await openDesk({ legacyErrors: 3 });
    for (const kind of ['legacy-body', 'expire-token'] as const) {
      desk.sandbox.faults.add({ kind, route: ACCOUNT });
      expect(await desk.steps.readAccount({ accountId: '404' })).toMatchObject({ exists: false });
    }
  });
});

describe('a conflict is looked up before it is believed', () => {
  /** Whatever stands in between may answer one too. */
  const CONFLICTS: [string, Fault][] = [
    ['a page', inBetween(409, '<h1>Conflict</h1>', 'text/html')],
    ['nothing', inBetween(409, '')],
    ['JSON of a proxy', inBetween(409, '{"detail":"x"}')],
    ['a legacy text without a reason', inBetween(409, '{"message":"Too many attempts."}')],
    ['a legacy throttling', inBetween(409, '{"message":"x"}', 'application/json', { 'retry-after': '7' })],
  ];

  test.each(CONFLICTS)('9.9: an item is not on a watchlist by %s', async (_, fault) => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const enrol = () => desk.steps.enrolWatchlist({ accountId, item: { kind: 'email', value: 'a@example.com' } });
    desk.sandbox.faults.add({ ...fault, route: WATCH });
    expect(await failureOf(enrol())).toMatchObject({ nonRetryable: false });
    await enrol();
    expect(desk.count('watchlist.added')).toBe(1);
  });

  test('9.9: nor by Defentry’s own word, where the list says that it is not there', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.sandbox.faults.add({ ...inBetween(409, '{"error":{"code":"CONFLICT"}}'), route: WATCH });
    const enrol = desk.steps.enrolWatchlist({ accountId, item: { kind: 'email', value: 'a@example.com' } });
    expect(await failureOf(enrol)).toMatchObject({ type: 'Conflict', nonRetryable: true });
  });

  test.each(CONFLICTS)('9.6: an address is not taken by %s', async (_, fault) => {
    const { steps, sandbox } = await openDesk();
    const asked = sandbox.faults.add({ ...fault, route: UNIQUENESS });
    const check = () => steps.checkUniqueness({ request: requestFor() });
    // What does not tell whether it is taken leaves that to the creation; what is no answer is asked again.
    const [said] = await Promise.allSettled([check()]);
    const outcome = said.status === 'fulfilled' ? said.value.uniqueness : said.reason.nonRetryable;
    expect([asked.fired, outcome === 'free' || outcome === false]).toEqual([1, true]);
    expect(await check()).toEqual({ uniqueness: 'free' });
  });

  test.each(CONFLICTS)('9.4: nor is an account there by %s', async (_, fault) => {
    const desk = await openDesk();
    const create = () => desk.steps.createAccount({ request: requestFor({ ssn: SSN }) });
    desk.sandbox.faults.add({ ...fault, route: CREATE });
    expect(await failureOf(create())).toMatchObject({ nonRetryable: false });
    expect(await create()).toMatchObject({ created: true });
    expect(desk.count('account.created')).toBe(1);
  });

  test.each(CONFLICTS)('9.8: nor is an address confirmed by %s', async (_, fault) => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.sandbox.faults.add({ ...fault, route: 'POST /api/v1/account/:account_id/resend-confirm-email' });
    expect(await failureOf(desk.steps.sendVerification({ accountId }))).toMatchObject({ nonRetryable: false });
    await desk.steps.sendVerification({ accountId });
    expect(desk.count('mail.sent')).toBe(2);
  });
});

describe('9.8: a creation that answers without an id is looked up', () => {
  test.each<[DefentryOptionsInput['creationAnswers'], Fault | undefined]>([
    ['id', undefined],
    ['nothing', undefined],
    ['account', { kind: 'rewritten', as: 'nothing' }],
    ['account', { kind: 'rewritten', as: 'blanks' }],
    ['account', { kind: 'rewritten', as: 'byte-order-mark' }],
    ['account', { kind: 'rewritten', as: 'gzip' }],
    ['account', { kind: 'schema-drift' }],
  ])('creationAnswers %s, %j', async (creationAnswers, fault) => {
    const desk = await openDesk({ creationAnswers });
    if (fault) desk.sandbox.faults.add({ ...fault, route: CREATE });
    const { accountId } = await desk.steps.createAccount({ request: requestFor() });
    if (fault) desk.sandbox.faults.add({ ...fault, route: 'POST /api/v1/account/:account_id/member' });
    const added = { accountId, ownerReference: 'ref-1', member: MEMBER };
    expect([accountId, await desk.steps.addMember(added)]).toEqual(['1', { memberId: '2' }]);
    expect([desk.count('account.created'), desk.count('member.added')]).toEqual([1, 1]);
  });

  test('and where it is not found, nobody says that it was removed', async () => {
    const desk = await openDesk({ creationAnswers: 'nothing', externalIdField: 'other' });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(failure.message).toContain('not proven removed');
  });
});

test('a removal that Defentry accepts and does not make is not told as one', async () => {
  const desk = await openDesk({ externalIdField: 'other' });
  desk.sandbox.faults.add({ ...inBetween(204, '', ''), route: 'DELETE /api/v1/account/:account_id' });
  const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
  expect(failure.message).toContain('not proven removed');
  expect(desk.count('account.deleted')).toBe(0);
});

const UNTOLD: unknown = expect.objectContaining({ type: 'ContractViolation', nonRetryable: true });

describe('9.8: an address is confirmed by what can be read', () => {
  /** Looks at an hour each, until one ends otherwise than by "not yet". */
  async function looks(step: () => Promise<unknown>): Promise<unknown> {
    let heartbeatDetails: unknown;
    for (let hour = 1; hour <= 10; hour += 1) {
      const environment = new MockActivityEnvironment({
        attempt: hour,
        currentAttemptScheduledTimestampMs: hour * 3_600_000,
        heartbeatDetails,
      });
      environment.on('heartbeat', (details: unknown) => (heartbeatDetails = details));
      const [look] = await Promise.allSettled([environment.run(step)]);
      if (look.status === 'fulfilled') return look.value;
      if (!FAILURES.pending.includes(look.reason.type)) return look.reason;
    }
    return 'not yet';
  }

  const unread = (status: object, account: object) => async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const { faults } = desk.sandbox;
    const route = 'GET /api/v1/account/:account_id/activation-status';
    faults.add({ kind: 'schema-drift', body: { data: status } as never, route, times: 99 });
    const shown = { id: 1, email: 'anna@example.com', ...account };
    faults.add({ kind: 'schema-drift', body: { data: shown } as never, route: ACCOUNT, times: 99 });
    return looks(() => desk.steps.awaitEmailVerified({ accountId, ...POLL }));
  };

  test.each<[string, object, object, unknown]>([
    ['the status', { is_active: true }, { is_active: false }, { needed: true }],
    ['the account, where the status does not tell', { state: 'ok' }, { is_active: true }, { needed: true }],
    ['the account that is inactive', { state: 'ok' }, { is_active: 0 }, 'not yet'],
    ['nothing, which calls for a person', { state: 'ok' }, {}, UNTOLD],
  ])('by %s', async (_, status, account, expected) => {
    expect(await unread(status, account)()).toEqual(expected);
  });

  test('the account, where the status is not to be had', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.act('confirm-email');
    const route = 'GET /api/v1/account/:account_id/activation-status';
    desk.sandbox.faults.add({ ...inBetween(404, '{"error":{"code":"NOT_FOUND"}}'), route });
    expect(await inActivity(() => desk.steps.awaitEmailVerified({ accountId, ...POLL }))).toEqual({ needed: true });
  });

  test('so for members: a list that does not tell who has accepted calls for a person', async () => {
    const desk = await openDesk({ hiddenFields: ['invitation_status', 'is_active'] });
    const accountId = await desk.account();
    const { memberId } = await desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    const ended = await looks(() => desk.steps.awaitMemberAccepted({ accountId, memberId, ...POLL }));
    expect(ended).toEqual(UNTOLD);
  });
});

describe('9.8: a changed address is done only after a click', () => {
  const change = { kind: 'change-email', email: 'new@example.com' } as const;

  test('an account that stays active is told at once, and which setting says what Defentry does', async () => {
    const desk = await openDesk({ changedEmail: 'keeps-active' });
    const accountId = await desk.account();
    desk.act('confirm-email');
    const failure = await failureOf(desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(failure.message).toContain('DEFENTRY_CHANGED_EMAIL');
  });

  test('a click that comes before the call is made again, whose answer was lost, needs no person', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.act('confirm-email');
    const apply = attempts(() => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change }));
    desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: 'POST /api/v1/account/:account_id/change-email' });
    expect(await failureOf(apply())).toMatchObject({ type: 'UnknownOutcome' });
    desk.act('confirm-email');
    expect(await apply()).toEqual({ proven: true, verificationNeeded: false });
    expect(desk.count('email.changed')).toBe(1);
  });

  test('an address that was the account’s own before is nothing to wait for', async () => {
    const desk = await openDesk();
    const accountId = await desk.account({ email: 'new@example.com' });
    desk.act('confirm-email');
    const applied = await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change });
    expect(applied).toEqual({ proven: true, verificationNeeded: false });
  });
});

describe('9.7: a look-up by fewer digits than the whole SSN', () => {
  const BORN_BEFORE = '18900101-1234';

  test.each<[DefentryOptionsInput['ssnVisibility'], string]>([
    ['full', 'free'],
    ['omitted', 'SsnTaken'],
  ])('finds who was born a hundred years before, and is compared where the SSN is %s: %s', async (...given) => {
    const [ssnVisibility, expected] = given;
    const { steps } = await openDesk({ ssnLookupForms: 'last-ten', ssnVisibility });
    await steps.createAccount({
      request: requestFor({ ssn: BORN_BEFORE, email: 'old@example.com' }, { reference: 'r' }),
    });
    const request = requestFor({ ssn: SSN });
    const [checked] = await Promise.allSettled([steps.checkUniqueness({ request })]);
    expect(checked.status === 'fulfilled' ? checked.value.uniqueness : checked.reason.type).toBe(expected);
  });
});
