import { randomUUID } from 'node:crypto';
import { newAccount } from '../workflows/scripted-account.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { onboardOffline, openCommandSuite, type CommandSuite } from '../cli/suite.ts';
import { errorOf } from './suite.ts';

let suite: CommandSuite;
beforeAll(async () => {
  suite = await openCommandSuite();
});
beforeEach(() => {
  suite.provider.account = newAccount();
});
afterAll(() => suite.close());

const SENTENCE = 'what: the provider can be asked for account; name one of them.';
const someone = () => `c-${randomUUID()}`;
const read = (request: object) => suite.onboardings.read({ provider: 'defentry', ...request });

describe('the library', () => {
  test('answers what the provider shows; the account unless something else is named', async () => {
    const reference = someone();
    const accountId = `acc-${reference}`;
    const seen = { outcome: 'read', accountId, readAt: '2026-01-15T09:30:00.000Z' };
    expect(await read({ reference })).toEqual({
      ...seen,
      detail: { id: accountId, what: 'account', email: 'ada@example.com' },
    });
    expect(await read({ reference, what: 'address', by: '19900101-1234' })).toMatchObject({
      detail: { what: 'address', by: '19900101-1234' },
    });
  });

  test('answers while the onboarding is open, and leaves no run among the customer’s', async () => {
    const { reference, until, handle } = await suite.start();
    await until((story) => story.wait !== undefined);
    expect(await read({ reference })).toMatchObject({ outcome: 'read' });
    expect(await suite.onboardings.runsOf('defentry', reference)).toMatchObject([{ type: 'onboarding' }]);
    await handle.terminate();
  });

  test('says that there is no account, or that the provider cannot be asked', async () => {
    suite.provider.fail('readDetail', permanent('RequestRefused', SENTENCE));
    expect(await read({ reference: someone(), what: 'palm' })).toEqual({ outcome: 'refused', sentence: SENTENCE });
    suite.provider.account.exists = false;
    expect(await read({ reference: someone() })).toEqual({ outcome: 'nothing-there' });
  });

  test('fails with the provider’s code when the look fails', async () => {
    suite.provider.fail('readDetail', permanent('Forbidden'));
    const reference = someone();
    expect(await errorOf(read({ reference }))).toMatchObject({
      code: 'OnboardingFailed',
      failure: 'Forbidden',
      message: expect.stringContaining(`The look at defentry/${reference} failed with Forbidden;`),
    });
  });

  test.each<[object, RegExp]>([
    [{ reference: 'ada@example.com' }, /^reference: looks like/],
    [{ reference: 'c-1', what: 'Ada Test' }, /^what: must be 1 to 40 small letters and hyphens/],
    [{ reference: 'c-1', by: '' }, /^by: must be 1 to 64 characters/],
    [{ reference: 'c-1', within: '1 minute' }, /^within: must be an ISO 8601 duration/],
  ])('refuses %j before anything is started', async (request, sentence) => {
    const from = suite.provider.attempts.length;
    expect(await errorOf(read(request))).toMatchObject({
      code: 'RequestInvalid',
      message: expect.stringMatching(sentence),
    });
    expect(suite.provider.attempts.slice(from)).toEqual([]);
  });
});

describe('onboard read', () => {
  test('prints the account for people, and as one document with --json', async () => {
    const reference = someone();
    const ran = await suite.onboard(['read', reference]);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^email +ada@example\.com$/m);
    expect(ran.stdout).toContain(`Account acc-${reference}, as the provider showed it at 2026-01-15 09:30 UTC.`);
    const { json } = await suite.onboard(['read', `defentry/${reference}`, 'account', '--json']);
    expect(json).toEqual([
      expect.objectContaining({ provider: 'defentry', reference, what: 'account', outcome: 'read' }),
    ]);
  });

  test('takes a national ID from the standard input, and does not show it by itself', async () => {
    const ran = await suite.onboard(['read', someone(), 'address', '-'], '19900101-1234\n');
    expect(ran.code).toBe(0);
    // The scripted provider answers what it was asked by.
    expect(ran.stdout).toMatch(/^by +19900101-1234$/m);
  });

  test('shows what is found without an account, and says that there is none of ours', async () => {
    suite.provider.account.exists = false;
    const { code, stdout } = await suite.onboard(['read', someone(), 'customer', '-'], 'A-1 27567\n');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^by +A-1 27567$/m);
    expect(stdout).toContain('No account of ours, as the provider showed it at 2026-01-15 09:30 UTC.');
  });

  test('ends with 3 without an account, with 4 and the sentence when refused, with 6 when the look fails', async () => {
    suite.provider.fail('readDetail', permanent('RequestRefused', SENTENCE), permanent('Forbidden'));
    expect(await suite.onboard(['read', someone(), 'palm'])).toMatchObject({
      code: 4,
      stdout: '',
      stderr: `${SENTENCE}\n`,
    });
    expect(await suite.onboard(['read', someone()])).toMatchObject({ code: 6, stdout: '' });
    suite.provider.account.exists = false;
    const reference = someone();
    expect(await suite.onboard(['read', reference])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`defentry/${reference}: the provider has no account under this reference;`),
    });
    const { code, json } = await suite.onboard(['read', reference, '--json']);
    expect([code, json]).toEqual([3, [{ provider: 'defentry', reference, what: 'account', outcome: 'nothing-there' }]]);
  });

  test('names a customer only', async () => {
    expect(await onboardOffline(['read', 'change/defentry/c-1'])).toMatchObject({ code: 2 });
  });
});
