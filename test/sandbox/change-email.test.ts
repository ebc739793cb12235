import { closeSandboxes, dataOf, JANE, JOHN, openPartner } from './partner.ts';
import type { DefentryOptionsInput } from '../../sandbox/defentry/index.ts';

afterEach(closeSandboxes);

const NEW = 'new@example.com';

/** John, confirmed, and his change of address. */
async function openJohn(options: DefentryOptionsInput = {}) {
  const partner = await openPartner(options);
  const { crm, sandbox } = partner;
  await crm('POST', '/api/v1/account', JOHN);
  sandbox.act('1');
  const account = async () => dataOf(await crm('GET', '/api/v1/account/1'));
  const changeTo = (email: string) => crm('POST', '/api/v1/account/1/change-email', { email });
  const mails = () => sandbox.outbox.open().map(({ kind, to }) => `${kind} ${to}`);
  const effects = () =>
    sandbox.ledger
      .entries()
      .map(({ effect }) => effect)
      .filter((effect) => effect.startsWith('email.'));
  return { ...partner, account, changeTo, mails, effects };
}

test('3.6, 9.8: a new address is unconfirmed until the mail to it is clicked', async () => {
  const { account, changeTo, mails, effects, sandbox } = await openJohn();
  await changeTo(NEW);
  expect(await account()).toMatchObject({ email: NEW, is_active: false });
  expect(mails()).toEqual([`confirm-email ${NEW}`]);
  sandbox.act(sandbox.outbox.open()[0]!.id);
  expect(await account()).toMatchObject({ email: NEW, is_active: true });
  expect(effects()).toEqual(['email.confirmed', 'email.changed', 'email.confirmed']);
});

test('a later change overtakes the mail of an earlier one; the same again has no effect', async () => {
  const { changeTo, mails, effects } = await openJohn();
  await changeTo(NEW);
  await changeTo(NEW);
  await changeTo('newer@example.com');
  expect(mails()).toEqual(['confirm-email newer@example.com']);
  expect(effects()).toEqual(['email.confirmed', 'email.changed', 'email.changed']);
});

test('a deactivated account is not activated by confirming a new address', async () => {
  const { account, changeTo, crm, sandbox } = await openJohn();
  await crm('POST', '/api/v1/account/1/deactivate');
  await changeTo(NEW);
  sandbox.act(sandbox.outbox.open()[0]!.id);
  expect(await account()).toMatchObject({ email: NEW, is_active: false });
});

describe('where the new address replaces the old one only when confirmed', () => {
  const options = { changedEmail: 'replaces-when-confirmed', ssnRequired: false } as const;

  test('the old one stands until then', async () => {
    const { account, changeTo, effects, mails, crm, sandbox } = await openJohn(options);
    for (let n = 0; n < 2; n += 1) await changeTo(NEW);
    expect(await account()).toMatchObject({ email: JOHN.email, is_active: true });
    expect((await crm('POST', '/api/v1/account/1/resend-confirm-email')).status).toBe(204);
    expect(mails()).toEqual([`confirm-email ${NEW}`]);
    sandbox.act(sandbox.outbox.open()[0]!.id);
    expect(await account()).toMatchObject({ email: NEW, is_active: true });
    expect(effects()).toEqual(['email.confirmed', 'email.requested', 'email.changed', 'email.confirmed']);
  });

  test('going back to it takes the request back', async () => {
    const { account, changeTo, effects, mails } = await openJohn(options);
    await changeTo(NEW);
    await changeTo(JOHN.email);
    expect(mails()).toEqual([]);
    expect(await account()).toMatchObject({ email: JOHN.email });
    expect(effects()).toEqual(['email.confirmed', 'email.requested']);
  });

  test('an address that somebody else got meanwhile cannot be confirmed', async () => {
    const { account, changeTo, crm, sandbox } = await openJohn(options);
    await changeTo(NEW);
    const [mail] = sandbox.outbox.open();
    await crm('POST', '/api/v1/account', { ...JANE, email: NEW });
    expect(() => sandbox.act(mail!.id)).toThrow('invalid');
    expect(await account()).toMatchObject({ email: JOHN.email });
  });
});

test('3.6: neither the supervisor nor the plan of an account changes twice by the same call', async () => {
  const { crm, sandbox } = await openJohn({ ssnRequired: false });
  await crm('POST', '/api/v1/account', JANE);
  for (let n = 0; n < 2; n += 1) {
    await crm('POST', '/api/v1/account/1/change-supervisor', { supervisor_id: 2 });
    await crm('POST', '/api/v1/account/downgrade', { account_id: 1, plan_id: 2 });
  }
  for (const effect of ['supervisor.changed', 'plan.changed'] as const) {
    expect(sandbox.ledger.entries({ effect })).toHaveLength(1);
  }
});

test('3.6: of a password the ledger knows only that it was set', async () => {
  const { crm, sandbox, anonymous } = await openJohn();
  const password = 'canary-password';
  await crm('POST', '/api/v1/account/1/password', { password, password_confirmation: password });
  expect(sandbox.ledger.entries({ effect: 'password.set' })).toHaveLength(1);
  expect((await anonymous('GET', '/_sandbox/ledger')).text).not.toContain('canary');
});
