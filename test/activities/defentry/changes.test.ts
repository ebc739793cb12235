import type { DefentryClient } from '../../../activities/defentry/client.ts';
import { changeEmail } from '../../../activities/defentry/email.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import type { AccountChange } from '../../../contract/change.ts';
import { MEMBER, POLL, SSN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

const ACCOUNT = 'GET /api/v1/account/:account_id';
const PHONE = '+46701234567';

/** A confirmed account, and its changes. */
async function changing(person = {}, ...given: Parameters<typeof openDesk>) {
  const desk = await openDesk(...given);
  const accountId = await desk.account(person);
  if (desk.sandbox.outbox.open().length > 0) desk.act('confirm-email');
  const of = (change: AccountChange) => ({ accountId, ownerReference: 'ref-1', change });
  return {
    desk,
    accountId,
    check: (change: AccountChange) => desk.steps.checkChange(of(change)),
    apply: (change: AccountChange) => desk.steps.applyChange(of(change)),
    confirmed: (email: string) => desk.steps.awaitEmailChanged({ accountId, email, ...POLL }),
  };
}

const other = ({ steps }: Desk, email: string) =>
  steps.createAccount({ request: requestFor({ email }, { reference: 'ref-2', kind: 'single' }) });

describe('3.6 to 3.8: checkChange', () => {
  test('answers the change and what this deployment can do, without an effect', async () => {
    const { check, desk } = await changing({ phone: PHONE });
    const before = desk.sandbox.ledger.entries().length;
    expect(await check({ kind: 'delete-email' })).toMatchObject({
      change: { kind: 'delete-email' },
      capabilities: { listAccounts: true, changes: expect.arrayContaining(['change-email']) },
    });
    expect(desk.sandbox.ledger.entries()).toHaveLength(before);
  });

  test.each<[AccountChange, RegExp]>([
    [{ kind: 'delete-email' }, /^kind: Defentry needs an e-mail address or a phone/],
    [{ kind: 'ssn-monitoring-on' }, /^kind: the account has no SSN/],
    [{ kind: 'set-password', by: 'reset-mail' }, /^by: /],
  ])('refuses %j with a sentence', async (change, sentence) => {
    const { check } = await changing();
    const failure = await failureOf(check(change));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(sentence);
  });

  test('3.3: an address of somebody else is taken; its own is not', async () => {
    const { check, desk } = await changing();
    await other(desk, 'other@example.com');
    const failure = await failureOf(check({ kind: 'change-email', email: 'Other@example.com' }));
    expect(failure).toMatchObject({ type: 'EmailTaken', nonRetryable: true });
    expect(failure.message).toMatch(/^email: /);
    await check({ kind: 'change-email', email: 'ANNA@example.com' });
  });

  test('an account that is gone needs a person', async () => {
    const { check, desk, accountId } = await changing();
    await desk.steps.removeAccount({ reference: 'ref-1', accountId, person: {} });
    expect(await failureOf(check({ kind: 'activate' }))).toMatchObject({ type: 'NotFound', nonRetryable: true });
  });
});

describe('3.6: change-email', () => {
  const change = { kind: 'change-email', email: 'new@example.com' } as const;

  test('the new address counts once its mail was clicked', async () => {
    const { apply, confirmed, desk } = await changing();
    expect(await apply(change)).toEqual({ proven: true, verificationNeeded: true });
    expect(desk.sandbox.outbox.open()).toMatchObject([{ kind: 'confirm-email', to: change.email }]);
    expect(await failureOf(confirmed(change.email))).toMatchObject({ type: 'NotYet' });
    desk.act('confirm-email');
    await confirmed(change.email);
    expect(await apply(change)).toEqual({ proven: true, verificationNeeded: false });
    expect(desk.count('email.changed')).toBe(1);
  });

  test('another address than the awaited one is not it, confirmed or not', async () => {
    const { confirmed } = await changing();
    expect(await failureOf(confirmed(change.email))).toMatchObject({ type: 'NotYet' });
  });

  test('the old address can be set again', async () => {
    const { apply, desk } = await changing();
    await apply(change);
    expect(await apply({ kind: 'change-email', email: 'anna@example.com' })).toMatchObject({ proven: true });
    expect(desk.sandbox.outbox.open()).toMatchObject([{ to: 'anna@example.com' }]);
  });

  test.each([422, 409] as const)('an address of somebody else is taken (%i)', async (duplicates) => {
    const { apply, desk } = await changing({}, { duplicates });
    await other(desk, change.email);
    expect(await failureOf(apply(change))).toMatchObject({ type: 'EmailTaken', nonRetryable: true });
    expect(desk.count('email.changed')).toBe(0);
  });

  test('a refusal for another reason is not "taken"', async () => {
    const { apply } = await changing();
    const failure = await failureOf(apply({ ...change, email: 'no address' }));
    expect(failure).toMatchObject({ type: 'Invalid', nonRetryable: true });
    expect(failure.message).not.toContain('no address');
  });

  test('two that both see the old address change it once, and both are told so', async () => {
    const { apply, desk } = await changing();
    desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route: ACCOUNT, times: 2 });
    expect(await Promise.all([apply(change), apply(change)])).toEqual([
      { proven: true, verificationNeeded: true },
      { proven: true, verificationNeeded: true },
    ]);
    expect(desk.count('email.changed')).toBe(1);
  });

  test('where the account stays active, the address counts at once', async () => {
    const { apply, confirmed } = await changing(
      {},
      { changedEmail: 'keeps-active' },
      { DEFENTRY_CHANGED_EMAIL: 'keeps-active' },
    );
    expect(await apply(change)).toEqual({ proven: true, verificationNeeded: false });
    await confirmed(change.email);
  });

  test('where it replaces the old one only when confirmed, that is the proof', async () => {
    const { apply, confirmed, desk } = await changing(
      {},
      { changedEmail: 'replaces-when-confirmed' },
      { DEFENTRY_CHANGED_EMAIL: 'replaces-when-confirmed' },
    );
    expect(await apply(change)).toEqual({ proven: false, verificationNeeded: true });
    await apply(change);
    expect(desk.count('email.requested')).toBe(1);
    expect(await failureOf(confirmed(change.email))).toMatchObject({ type: 'NotYet' });
    desk.act('confirm-email');
    await confirmed(change.email);
    expect(await apply(change)).toEqual({ proven: true, verificationNeeded: false });
    expect(desk.count('email.changed')).toBe(1);
  });

  describe('where the old address is shown until then, the undo', () => {
    const old = { kind: 'change-email', email: 'anna@example.com' } as const;
    const waiting = () =>
      changing({}, { changedEmail: 'replaces-when-confirmed' }, { DEFENTRY_CHANGED_EMAIL: 'replaces-when-confirmed' });

    test('withdraws the new one: a late click on its mail changes nothing', async () => {
      const { apply, confirmed, desk } = await waiting();
      await apply(change);
      const [mail] = desk.sandbox.outbox.open();
      expect(await apply(old)).toEqual({ proven: true, verificationNeeded: false });
      expect(() => desk.sandbox.act(mail!.id)).toThrow('closed already (void)');
      expect(desk.count('email.changed')).toBe(0);
      await confirmed(old.email);
    });

    test('is not proven where the vendor refuses the address that the account has', async () => {
      const accounts = {
        get: async () => ({ email: old.email }),
        changeEmail: () => Promise.reject(new HttpError('Conflict', { provider: 'defentry', route: 'PUT /x' })),
      } as unknown as DefentryClient['accounts'];
      const undone = await changeEmail(accounts, '1', old.email, 'replaces-when-confirmed');
      expect(undone).toEqual({ proven: false, verificationNeeded: false });
    });
  });

  test('an account that shows no address proves nothing', async () => {
    const { apply, confirmed } = await changing({}, { hiddenFields: ['email'] });
    expect(await apply(change)).toEqual({ proven: false, verificationNeeded: true });
    expect(await failureOf(confirmed(change.email))).toMatchObject({ type: 'NotYet' });
  });
});

test('what the account does not show is done, and not proven', async () => {
  const { apply, desk } = await changing({}, { hiddenFields: ['plan_id', 'first_name', 'is_active'] });
  expect(await apply({ kind: 'upgrade-plan', planId: '2' })).toEqual({ proven: false });
  // The vendor says 409 now: it has this plan (section 9.8).
  expect(await apply({ kind: 'upgrade-plan', planId: '2' })).toEqual({ proven: false });
  expect(await apply({ kind: 'update-profile', profile: { firstName: 'Anne' } })).toEqual({ proven: false });
  expect(await apply({ kind: 'deactivate' })).toEqual({ proven: false });
  expect(desk.count('plan.changed')).toBe(1);
  expect(desk.count('account.deactivated')).toBe(1);
});

test.each<[AccountChange, object]>([
  [{ kind: 'upgrade-plan', planId: '2' }, { plan_id: 1 }],
  [{ kind: 'update-profile', profile: { firstName: 'Anne' } }, { first_name: 'Anna' }],
  // A correction of nothing but the case is one.
  [{ kind: 'update-profile', profile: { firstName: 'Anna' } }, { first_name: 'anna' }],
  [{ kind: 'delete-email' }, { email: 'anna@example.com' }],
  [{ kind: 'change-email', email: 'new@example.com' }, { email: 'anna@example.com' }],
  [{ kind: 'deactivate' }, { is_active: true }],
])('%j is tried again when the read-back says otherwise', async (change, said) => {
  const { apply, desk } = await changing({ phone: PHONE });
  desk.sandbox.faults.add({ kind: 'schema-drift', route: ACCOUNT, body: { data: { id: 1, ...said } }, times: 2 });
  const failure = await failureOf(apply(change));
  expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
  expect(failure.message).toContain('READ_BACK_DIFFERS');
});

test('a clash about a plan that the account has not needs a person', async () => {
  const { apply, desk } = await changing();
  const body = { data: { id: 1, plan_id: 3 } };
  await apply({ kind: 'upgrade-plan', planId: '2' });
  desk.sandbox.faults.add({ kind: 'schema-drift', route: ACCOUNT, body, times: 2 });
  const failure = await failureOf(apply({ kind: 'upgrade-plan', planId: '2' }));
  expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
});

test.each<[AccountChange, RegExp]>([
  [{ kind: 'delete-email' }, /^kind: Defentry needs an e-mail address or a phone/],
  [{ kind: 'change-supervisor', supervisorId: '99' }, /^supervisorId: /],
  [{ kind: 'downgrade-plan', planId: '99' }, /^planId: /],
])('%j is refused by the vendor with our sentence', async (change, sentence) => {
  const { apply } = await changing();
  const failure = await failureOf(apply(change));
  expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
  expect(failure.message).toMatch(sentence);
});

test.each([
  ['permission', 'Forbidden'],
  ['plan', 'PlanWithoutMonitoring'],
])('3.8: a 403 on monitoring, taken for a matter of the %s, is %s', async (DEFENTRY_MONITORING_FORBIDDEN, type) => {
  const { apply } = await changing({ ssn: SSN }, {}, { DEFENTRY_MONITORING_FORBIDDEN });
  await apply({ kind: 'downgrade-plan', planId: '2' });
  expect(await failureOf(apply({ kind: 'ssn-monitoring-on' }))).toMatchObject({ type, nonRetryable: true });
});

test('a deactivated account is not activated by a late click, and is by activate', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const apply = (change: AccountChange) => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change });
  expect(await apply({ kind: 'deactivate' })).toEqual({ proven: true });
  desk.act('confirm-email');
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'no' });
  expect(await apply({ kind: 'activate' })).toEqual({ proven: true });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'yes' });
});

describe.each(['v1', 'v2'])('3.6: update-profile by the %s routes', (routes) => {
  test.each(['merge', 'replace'] as const)('leaves the rest of the profile as it is (PUT: %s)', async (puts) => {
    const { apply, desk, accountId } = await changing({ phone: PHONE }, { puts }, { DEFENTRY_ROUTES: routes });
    expect(await apply({ kind: 'update-profile', profile: { lastName: 'Ek' } })).toEqual({ proven: true });
    const { detail } = await desk.steps.readDetail({ accountId, what: 'account' });
    expect(detail).toMatchObject({
      profile: { first_name: 'Anna', last_name: 'Ek', phone: PHONE, country_code: 'SE', lang_code: 'SV' },
    });
  });
});

test('members have steps of their own', async () => {
  const { apply, check, desk } = await changing();
  await check({ kind: 'add-member', member: MEMBER });
  expect(await failureOf(apply({ kind: 'add-member', member: MEMBER }))).toMatchObject({ type: 'TypeError' });
  expect(desk.count('member.added')).toBe(0);
});
