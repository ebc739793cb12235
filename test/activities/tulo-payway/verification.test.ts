import { createTuloPayway } from '../../../activities/tulo-payway/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { POLL, closeDesks, failureOf, inActivity, openDesk, requestFor } from './desk.ts';
import { configFor } from './settings.ts';

afterEach(closeDesks);

/** Numbers are sections of the Tulo Payway contract. */

describe('creation reads back whether there is anything to verify', () => {
  test('5.1 there is, and the mail is out', async () => {
    const desk = await openDesk();
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({ verificationNeeded: true });
    expect(desk.count('mail.sent')).toBe(1);
  });

  test('8.2 the organisation has switched verification off, whatever was asked for', async () => {
    const desk = await openDesk({ emailVerification: false });
    expect(await desk.steps.createAccount({ request: requestFor() })).toMatchObject({ verificationNeeded: false });
  });

  test('5.1 it was not asked for: nobody waits', async () => {
    const desk = await openDesk({}, { TULO_PAYWAY_REQUIRE_VERIFICATION: 'false' });
    const { accountId, verificationNeeded } = await desk.steps.createAccount({ request: requestFor() });
    expect(verificationNeeded).toBe(false);
    expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'yes', emailVerified: 'yes' });
  });

  test('17.10 a creation that opens no request is followed by one, once', async () => {
    const desk = await openDesk({ requestAtCreation: false });
    await desk.account();
    await desk.account();
    expect(desk.count('mail.sent')).toBe(1);
    desk.act('verify-email');
    expect(desk.count('email.confirmed')).toBe(1);
  });

  test.each(['created', 'active'] as const)(
    '17.9 an unverified account is pending also when it is %s',
    async (status) => {
      const desk = await openDesk({ unverifiedStatus: status });
      const accountId = await desk.account();
      expect(await desk.steps.readAccount({ accountId })).toMatchObject({ emailVerified: 'no' });
      expect(await failureOf(desk.steps.awaitEmailVerified({ accountId, ...POLL }))).toMatchObject({ type: 'NotYet' });
    },
  );
});

describe('awaitEmailVerified', () => {
  test('8.1 is not there before the click, and is after it', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const look = () => desk.steps.awaitEmailVerified({ accountId, ...POLL });
    expect(await failureOf(inActivity(look, 2))).toMatchObject({ type: 'NotYet', nextRetryDelay: 20 * 60_000 });
    desk.act('verify-email');
    expect(await look()).toEqual({ needed: true });
  });

  test('of an account that is not there needs a person', async () => {
    const desk = await openDesk();
    const failure = await failureOf(desk.steps.awaitEmailVerified({ accountId: '5f1e9b0a6fc9365306ffffff', ...POLL }));
    expect(failure).toMatchObject({ type: 'NotFound', nonRetryable: true });
  });
});

describe('confirmEmail', () => {
  test.each([409, 400, 404] as const)(
    '17.7 a wrong code is answered, not failed, when it gets %i',
    async (wrongCode) => {
      const desk = await openDesk({ wrongCode });
      const accountId = await desk.account();
      const code = '89bd6d78-4ace-4a0c-a517-afbbbc97c659';
      expect(await desk.steps.confirmEmail({ accountId, code })).toEqual({ confirmed: false });
      expect(desk.count('email.confirmed')).toBe(0);
    },
  );

  test('3.3 the word that clears a value is no code, and is not sent', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    expect(await desk.steps.confirmEmail({ accountId, code: ' __unset__' })).toEqual({ confirmed: false });
  });

  test('8.1 a right code confirms and activates; once more, it still was right (17.7)', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const code = desk.code('verify-email');
    expect(await desk.steps.confirmEmail({ accountId, code })).toEqual({ confirmed: true });
    expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'yes', emailVerified: 'yes' });
    expect(await desk.steps.confirmEmail({ accountId, code })).toEqual({ confirmed: true });
    expect(desk.count('email.confirmed')).toBe(1);
  });

  test('15.4 a right code whose answer was lost is right when repeated', async () => {
    const desk = await openDesk();
    const input = { accountId: await desk.account(), code: desk.code('verify-email') };
    desk.sandbox.faults.add({ kind: 'drop', when: 'after', route: 'POST /external/api/v1/accounts/verify_account' });
    expect(await failureOf(desk.steps.confirmEmail(input))).toMatchObject({ type: 'UnknownOutcome' });
    expect(await desk.steps.confirmEmail(input)).toEqual({ confirmed: true });
    expect(desk.count('email.confirmed')).toBe(1);
  });

  test('8.2 the code of a mail that was replaced is wrong, the new one is right', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const old = desk.code('verify-email');
    await desk.steps.sendVerification({ accountId });
    expect(await desk.steps.confirmEmail({ accountId, code: old })).toEqual({ confirmed: false });
    expect(await desk.steps.confirmEmail({ accountId, code: desk.code('verify-email') })).toEqual({ confirmed: true });
  });
});

describe('sendVerification', () => {
  test('8.2 sends another mail, to the configured page', async () => {
    const desk = await openDesk({}, { TULO_PAYWAY_VERIFICATION_URL: 'https://bank.example/verify' });
    const accountId = await desk.account();
    await desk.steps.sendVerification({ accountId });
    expect(desk.count('mail.sent')).toBe(2);
  });

  test('17.8, 17.12 throttled, it waits as told', async () => {
    const desk = await openDesk({ verification: { resendSeconds: 60 } });
    const accountId = await desk.account();
    const { type, nextRetryDelay } = await failureOf(desk.steps.sendVerification({ accountId }));
    expect(type).toBe('Throttled');
    expect(nextRetryDelay).toBeGreaterThan(50_000);
  });

  test('8.1 of a verified address is done', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    desk.act('verify-email');
    const before = desk.count('mail.sent');
    await desk.steps.sendVerification({ accountId });
    expect(desk.count('mail.sent')).toBe(before);
  });

  test('refused for another reason is a failure', async () => {
    const server = new LocalServer();
    await server.start();
    server.handle(({ path }, response) => {
      if (path.endsWith('/access_token')) answer(response, 200, { access_token: 't' });
      else if (path.includes('pending')) answer(response, 200, { item: { status: 'pending', verified: false } });
      else answer(response, 409, { code: 'something_else' });
    });
    const steps = createTuloPayway(configFor(server.url)).activities;
    expect(await failureOf(steps.sendVerification({ accountId: '7' }))).toMatchObject({ type: 'Conflict' });
    await server.stop();
  });
});
