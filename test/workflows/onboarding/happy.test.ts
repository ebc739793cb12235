import { emailVerified, eidCompleted } from '../../../contract/messages.ts';
import { openSuite, stepStatus, type Suite } from '../suite.ts';

let suite: Suite;
afterEach(() => suite.close());

it('does every step of a single customer with SSN once, and never holds the SSN longer than creation', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  const run = await suite.start({
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' },
    ssnMonitoring: true,
    watchlists: [
      { kind: 'email', value: 'ada@example.com' },
      { kind: 'phone', value: '+46701234567' },
    ],
  });
  expect(await run.result()).toMatchObject({ outcome: 'completed', gaps: [], account: 'active' });
  expect(suite.provider.effects).toEqual([
    'createAccount',
    'enableSsnMonitoring',
    'enrolWatchlist email',
    'enrolWatchlist phone',
  ]);
  expect(suite.provider.ssns).toEqual(['19900101-1234']);
  const story = await run.progress();
  expect(stepStatus(story, 'identify')).toBe('not-needed');
  expect(JSON.stringify(story)).not.toContain('1234');
});

it('waits for the e-mail, then for the eID, and takes signals as hints only', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const { provider } = suite;
  const run = await suite.start({
    ssnMonitoring: true,
    identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' },
  });
  await run.until((story) => story.wait?.for === 'emailVerified');
  await run.handle.signal(emailVerified, { eventId: 'forged' });
  await run.until(() => provider.attempts.filter((name) => name === 'awaitEmailVerified').length === 2);
  expect(stepStatus(await run.progress(), 'verifyEmail')).toBe('waiting');
  provider.verified = true;
  await run.handle.signal(emailVerified, { eventId: 'forged' });
  await run.handle.signal(emailVerified, { eventId: 'clicked' });
  await run.until((story) => story.wait?.for === 'identification');
  provider.eid = 'completed';
  await run.handle.signal(eidCompleted, { eventId: 'back', identificationId: 'eid-1', outcome: 'failed' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(provider.effects).toEqual(['createAccount', 'startIdentification', 'enableSsnMonitoring']);
});

it('asks the person to choose a password where creation set one that nobody knows', async () => {
  suite = await openSuite({ passwordReset: true });
  suite.provider.verified = true;
  const run = await suite.start();
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(suite.provider.effects).toEqual(['createAccount', 'sendPasswordReset']);
});

it.each([
  [{ emailVerified: 'none' } as const, {}],
  [{}, { awaitEmailVerified: false }],
])('does not wait for the e-mail: %j %j', async (capabilities, request) => {
  suite = await openSuite(capabilities);
  const run = await suite.start(request);
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(suite.provider.attempts).not.toContain('awaitEmailVerified');
});

it('does not wait for an address that the provider created as verified, and says so', async () => {
  suite = await openSuite();
  suite.provider.verificationNeeded = false;
  const run = await suite.start();
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(stepStatus(await run.progress(), 'verifyEmail')).toBe('not-needed');
  expect(suite.provider.attempts).not.toContain('awaitEmailVerified');
});

it('takes a report for proof where the provider cannot be read', async () => {
  suite = await openSuite({ emailVerified: 'signal' }, { clock: 'frozen' });
  const run = await suite.start();
  await run.until((story) => story.wait?.for === 'emailVerified');
  await run.handle.signal(emailVerified, { eventId: 'activated' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});
