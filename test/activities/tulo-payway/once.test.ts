import { OWN_PAGE } from './settings.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';

afterEach(closeDesks);

test('15.4 an answer that is not the documented one needs a person, and the account is adopted afterwards', async () => {
  const desk = await openDesk();
  desk.sandbox.faults.add({ kind: 'schema-drift', route: 'POST /external/api/v2/accounts' });
  const create = () => desk.steps.createAccount({ request: requestFor() });
  expect(await failureOf(create())).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(await create()).toMatchObject({ created: false });
  expect(desk.count('account.created')).toBe(1);
});

test('9.1 the mail for a password leads to the own page where there is one, after creation and by a change', async () => {
  const desk = await openDesk({}, OWN_PAGE);
  const accountId = await desk.account();
  desk.act('verify-email');
  const leadsTo = () => {
    const mail = desk.sandbox.outbox.open().findLast(({ kind }) => kind === 'reset-password');
    return desk.sandbox.act(mail!.id, 'open').redirect;
  };
  const page = new RegExp(
    `^https://news\\.example/password\\?id=${accountId}&confirmation_code=[-0-9a-f]{36}&return_url=https%3A%2F%2Fnews\\.example$`,
  );
  await desk.steps.sendPasswordReset({ accountId, email: 'anna@example.com' });
  expect(leadsTo()).toMatch(page);
  const change = { kind: 'set-password', by: 'reset-mail' } as const;
  expect(await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change })).toEqual({ proven: false });
  expect(leadsTo()).toMatch(page);
});

test('9.1 a password reset mail goes out again after a lost answer, which is harmless: the last link counts', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const before = desk.count('mail.sent');
  const send = () => desk.steps.sendPasswordReset({ accountId, email: 'anna@example.com' });
  const route = 'POST /external/api/v1/accounts/request_password_reset';
  desk.sandbox.faults.add({ kind: 'drop', when: 'after', route });
  expect(await failureOf(send())).toMatchObject({ type: 'UnknownOutcome' });
  await send();
  expect(desk.count('mail.sent')).toBe(before + 2);
});
