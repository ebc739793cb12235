import type { AccountChange } from '../../../contract/change.ts';
import { MEMBER, PACKAGE, POLL, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

/** Numbers are sections of the Tulo Payway contract. */

const NEW = 'new@example.com';
const TO_NEW: AccountChange = { kind: 'change-email', email: NEW };

/** An account whose address is verified, and the steps on it. */
async function verified(desk: Desk, planId?: string) {
  const accountId = await desk.account({}, planId === undefined ? {} : { planId });
  desk.act('verify-email');
  const on = { accountId, ownerReference: 'ref-1' };
  return {
    accountId,
    check: (change: AccountChange) => desk.steps.checkChange({ ...on, change }),
    apply: (change: AccountChange) => desk.steps.applyChange({ ...on, change }),
    changed: (email = NEW) => desk.steps.awaitEmailChanged({ accountId, email, ...POLL }),
    email: async () => (await desk.steps.findAccount({ reference: 'ref-1' })).email,
  };
}

describe('change-email', () => {
  test('5.3, 8.1 counts at once where the account stays verified: nobody can be asked', async () => {
    const desk = await openDesk();
    const { apply, changed, email } = await verified(desk);
    expect(await apply(TO_NEW)).toEqual({ proven: true, verificationNeeded: false });
    expect(await email()).toBe(NEW);
    await changed();
  });

  test('5.3, 8.1 where the account is unverified by it, the mail goes to the new address, and the click ends the wait', async () => {
    const desk = await openDesk({ changedEmail: 'is-unverified' });
    const { apply, changed } = await verified(desk);
    expect(await apply(TO_NEW)).toEqual({ proven: true, verificationNeeded: true });
    expect(desk.sandbox.outbox.open().find(({ kind }) => kind === 'verify-email')?.to).toBe(NEW);
    expect(await failureOf(changed())).toMatchObject({ type: 'NotYet', nextRetryDelay: 600_000 });
    desk.act('verify-email');
    await changed();
    expect(await failureOf(changed('anna@example.com'))).toMatchObject({ type: 'NotYet' });
  });

  test('8.2 of an account that was never verified, the mail goes out anew, to the new address', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const applied = await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change: TO_NEW });
    expect(applied).toMatchObject({ verificationNeeded: true });
    expect(desk.sandbox.outbox.open().map(({ to }) => to)).toEqual([NEW]);
  });

  test('5.1 nobody is asked where verification is not asked for', async () => {
    const desk = await openDesk({ changedEmail: 'is-unverified' }, { TULO_PAYWAY_REQUIRE_VERIFICATION: 'false' });
    const accountId = await desk.account();
    const applied = await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change: TO_NEW });
    expect(applied).toEqual({ proven: true, verificationNeeded: false });
    expect(desk.sandbox.outbox.open().map(({ kind }) => kind)).toEqual(['welcome']);
  });

  describe('9.2 where the new address replaces the old one when it is confirmed', () => {
    const open = () =>
      openDesk({ changedEmail: 'replaces-when-confirmed' }, { TULO_PAYWAY_CHANGED_EMAIL: 'replaces-when-confirmed' });

    test('the wait ends with the click', async () => {
      const desk = await open();
      const { apply, changed, email } = await verified(desk);
      expect(await apply(TO_NEW)).toEqual({ proven: false, verificationNeeded: true });
      expect(await email()).toBe('anna@example.com');
      expect(await failureOf(changed())).toMatchObject({ type: 'NotYet' });
      desk.act('change-email');
      await changed();
      expect(desk.count('email.changed')).toBe(1);
    });

    test('so it does with the code; another one is answered, not failed', async () => {
      const desk = await open();
      const { accountId, apply, changed } = await verified(desk);
      await apply(TO_NEW);
      const confirm = (code: string) => desk.steps.confirmEmail({ accountId, code });
      expect(await confirm('89bd6d78-4ace-4a0c-a517-afbbbc97c659')).toEqual({ confirmed: false });
      expect(await confirm(desk.code('change-email'))).toEqual({ confirmed: true });
      await changed();
    });

    test('5.3 nothing withdraws it: the undo is not proven, and a late click changes the address', async () => {
      const desk = await open();
      const { apply, email } = await verified(desk);
      await apply(TO_NEW);
      const undo: AccountChange = { kind: 'change-email', email: 'anna@example.com' };
      expect(await apply(undo)).toEqual({ proven: false, verificationNeeded: false });
      desk.act('change-email');
      expect(await email()).toBe(NEW);
    });

    test('8.1 the first address is still confirmed by its own code', async () => {
      const desk = await open();
      const accountId = await desk.account();
      const code = desk.code('verify-email');
      expect(await desk.steps.confirmEmail({ accountId, code })).toEqual({ confirmed: true });
      expect(desk.count('email.confirmed')).toBe(1);
    });
  });

  test.each([409, 400] as const)(
    '17.2 an address of somebody else is refused, by the check and by the vendor (%i)',
    async (duplicates) => {
      const desk = await openDesk({ duplicates });
      const { check, apply } = await verified(desk);
      await desk.account({ email: NEW }, { reference: 'ref-2' });
      for (const refused of [check(TO_NEW), apply(TO_NEW)]) {
        const failure = await failureOf(refused);
        expect(failure).toMatchObject({ type: 'EmailTaken', nonRetryable: true });
        expect(failure.message).toMatch(/^email: another account at Payway has this address; /);
      }
      expect(desk.count('email.changed')).toBe(0);
    },
  );

  test('17.23 the own address is nobody else’s, and is not changed for its case', async () => {
    const desk = await openDesk();
    const { check, apply } = await verified(desk);
    const same: AccountChange = { kind: 'change-email', email: 'ANNA@example.com' };
    await check(same);
    expect(await apply(same)).toMatchObject({ proven: true });
    expect(desk.count('email.changed')).toBe(0);
  });
});

describe('update-profile', () => {
  test('5.3 changes what is given and nothing else, in the vendor’s forms', async () => {
    const desk = await openDesk();
    const { accountId, check, apply } = await verified(desk);
    const { change } = await check({ kind: 'update-profile', profile: { lastName: 'Alm', phone: '+358 40 1234567' } });
    expect(change).toEqual({ kind: 'update-profile', profile: { lastName: 'Alm', phone: '0401234567' } });
    expect(await apply(change)).toEqual({ proven: true });
    expect(desk.sandbox.ledger.entries({ effect: 'account.updated', accountId })).toHaveLength(1);
  });

  test('6 a name is corrected in nothing but the case of its letters', async () => {
    const desk = await openDesk();
    const { apply } = await verified(desk);
    expect(await apply({ kind: 'update-profile', profile: { lastName: 'BERG' } })).toEqual({ proven: true });
    expect(desk.count('account.updated')).toBe(1);
  });
});

describe('set-password', () => {
  test('9.1 generated: the code and the password are spent at once, and no mail goes out', async () => {
    const desk = await openDesk({ passwordRule: 'mixed' });
    const { apply } = await verified(desk);
    const mails = desk.count('mail.sent');
    expect(await apply({ kind: 'set-password', by: 'generated' })).toEqual({ proven: false });
    expect(desk.count('password.set')).toBe(1);
    expect(desk.count('mail.sent')).toBe(mails);
  });

  test('9.1, 16 its path is the page’s title where it is told to', async () => {
    const path = '/external/api/v1/accounts/create_password_request';
    const desk = await openDesk(
      { passwordResetPath: 'create_password_request' },
      { TULO_PAYWAY_CREATE_RESET_PATH: path },
    );
    const { apply } = await verified(desk);
    await apply({ kind: 'set-password', by: 'generated' });
    expect(desk.count('password.set')).toBe(1);
  });

  test('9.1 by reset mail: the person chooses', async () => {
    const desk = await openDesk();
    const { apply } = await verified(desk);
    expect(await apply({ kind: 'set-password', by: 'reset-mail' })).toEqual({ proven: false });
    expect(desk.count('password.set')).toBe(0);
    desk.act('reset-password');
    expect(desk.count('password.set')).toBe(1);
  });
});

describe('12 upgrade-plan and downgrade-plan', () => {
  const plans = (desk: Desk) =>
    desk.sandbox.ledger
      .entries()
      .filter(({ effect }) => effect.startsWith('product.'))
      .map(({ effect, kind }) => `${effect} ${kind}`);
  const TO_SINGLE: AccountChange = { kind: 'upgrade-plan', planId: 'single' };

  test('the new one begins before the old one ends', async () => {
    const desk = await openDesk();
    const { check, apply } = await verified(desk, PACKAGE.planId);
    await check(TO_SINGLE);
    expect(await apply(TO_SINGLE)).toEqual({ proven: true });
    expect(plans(desk)).toEqual([
      'product.activated digital',
      'product.activated single',
      'product.deactivated digital',
    ]);
  });

  test('an account without a plan gets one', async () => {
    const desk = await openDesk();
    const { check, apply } = await verified(desk);
    await check(TO_SINGLE);
    await apply(TO_SINGLE);
    expect(plans(desk)).toEqual(['product.activated single']);
  });

  test('an unknown package is refused, and the old plan runs on', async () => {
    const desk = await openDesk();
    const { apply } = await verified(desk, PACKAGE.planId);
    const failure = await failureOf(apply({ kind: 'downgrade-plan', planId: 'paper' }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(/^planId: Payway knows no such package; /);
    expect(plans(desk)).toEqual(['product.activated digital']);
  });

  test('10 members who would lose access are named as the reason', async () => {
    const desk = await openDesk();
    const { accountId, check } = await verified(desk, PACKAGE.planId);
    await desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    expect((await failureOf(check(TO_SINGLE))).message).toMatch(/^planId: members share the subscription/);
  });

  test('an API user without provision service is forbidden it, which needs a person', async () => {
    const desk = await openDesk({ client: { provisionService: null } });
    const { apply } = await verified(desk);
    expect(await failureOf(apply(TO_SINGLE))).toMatchObject({ type: 'Forbidden', nonRetryable: true });
  });
});

describe('a change that Payway cannot make', () => {
  test('is refused in one sentence before anything happens', async () => {
    const desk = await openDesk();
    const { check } = await verified(desk);
    const before = desk.sandbox.ledger.entries().length;
    const failure = await failureOf(check({ kind: 'deactivate' }));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toContain('administration portal');
    expect(desk.sandbox.ledger.entries()).toHaveLength(before);
  });

  test('10 a member needs a running subscription', async () => {
    const desk = await openDesk();
    const { check } = await verified(desk);
    const failure = await failureOf(check({ kind: 'add-member', member: MEMBER }));
    expect(failure.message).toMatch(/^kind: Payway shares a running subscription with members/);
  });

  test('what can be made passes, members included, with what the provider can do', async () => {
    const desk = await openDesk();
    const { check } = await verified(desk, PACKAGE.planId);
    const change: AccountChange = { kind: 'add-member', member: MEMBER };
    const checked = await desk.steps.checkRequest({ request: requestFor() });
    expect(await check(change)).toEqual({ change, capabilities: checked.capabilities });
  });

  test('on an account that is not there needs a person', async () => {
    const desk = await openDesk();
    const accountId = '5f1e9b0a6fc9365306ffffff';
    const input = { accountId, ownerReference: 'ref-1', change: TO_NEW };
    expect(await failureOf(desk.steps.checkChange(input))).toMatchObject({ type: 'NotFound', nonRetryable: true });
  });
});
