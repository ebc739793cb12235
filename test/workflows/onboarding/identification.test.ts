import { eidCompleted, eidLink, renewEidLink, resendVerification, confirmEmail } from '../../../contract/messages.ts';
import { transient } from '../scripted-provider.ts';
import { openSuite, stepStatus, type Onboarding, type Suite } from '../suite.ts';

const request = { identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } } as const;
let suite: Suite;
afterEach(() => suite.close());

const report = (run: Onboarding, eventId: string) =>
  run.handle.signal(eidCompleted, { eventId, identificationId: 'eid-1', outcome: 'completed' });

async function untilSession(run: Onboarding, number: number): Promise<void> {
  await run.until((story) => story.wait?.for === 'identification');
  for (;;) {
    const { link } = await run.handle.query(eidLink);
    if (link === `https://eid.example/${number}`) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('opens a new session after each cancelled one, until it is done', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.verified = true;
  const run = await suite.start(request);
  for (const session of [1, 2]) {
    await untilSession(run, session);
    suite.provider.eid = 'cancelled';
    await report(run, `cancelled-${session}`);
  }
  await untilSession(run, 3);
  suite.provider.eid = 'completed';
  await report(run, 'done');
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(suite.provider.effects.filter((effect) => effect === 'startIdentification')).toHaveLength(3);
  expect(await run.handle.query(eidLink)).toEqual({});
});

it('opens no more sessions by itself than the policy allows, and goes on when the person asks for a link', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.verified = true;
  const run = await suite.start({ ...request, policy: { identification: { attempts: 1 } } });
  await untilSession(run, 1);
  suite.provider.eid = 'failed';
  await report(run, 'failed');
  await run.until(() => suite.provider.eid === 'pending');
  await run.until((story) => story.wait?.for === 'identification');
  const { link } = await run.handle.executeUpdate(renewEidLink);
  expect(link).toBe('https://eid.example/2');
  expect(suite.provider.effects).toEqual(['createAccount', 'startIdentification', 'startIdentification']);
  suite.provider.eid = 'completed';
  await report(run, 'done');
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('shows the link only in its own query', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.verified = true;
  const run = await suite.start(request);
  await untilSession(run, 1);
  expect(JSON.stringify(await run.progress())).not.toContain('eid.example');
  await run.handle.terminate();
});

it('answers whether the code was right, and goes on only by the provider’s word', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const run = await suite.start();
  await run.until((story) => story.wait !== undefined);
  expect(await run.handle.executeUpdate(confirmEmail, { args: [{ code: 'wrong' }] })).toEqual({ confirmed: false });
  expect(stepStatus(await run.progress(), 'verifyEmail')).toBe('waiting');
  expect(await run.handle.executeUpdate(confirmEmail, { args: [{ code: 'right' }] })).toEqual({ confirmed: true });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('sends another mail when asked, but not two within the policy’s time', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  const run = await suite.start();
  await run.until((story) => story.wait !== undefined);
  await run.handle.executeUpdate(resendVerification);
  await expect(run.handle.executeUpdate(resendVerification)).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: 'A mail went out less than PT5M ago; try again later.' },
  });
  await suite.temporal.fastForward(run.id, 6 * 60_000);
  await run.handle.executeUpdate(resendVerification);
  expect(suite.provider.effects).toEqual(['createAccount', 'sendVerification', 'sendVerification']);
  await run.handle.terminate();
});

it('goes on waiting when a reminder cannot be sent', async () => {
  suite = await openSuite();
  suite.provider.failForever('sendVerification', transient('Unavailable'));
  const run = await suite.start({
    policy: { emailVerified: { firstPoll: 'P5D', maxPoll: 'P5D', reminders: ['P1D'] } },
  });
  expect(await run.result()).toMatchObject({ outcome: 'expired' });
});

it.each([
  [{ confirmByCode: false }, confirmEmail, [{ code: '1' }], /does not verify e-mail addresses by code/],
  [{ resendVerification: false }, resendVerification, [], /cannot send the verification mail again/],
  [{}, renewEidLink, [], /No identification is waiting/],
])('refuses what the provider or the moment does not allow: %j', async (capabilities, update, args, sentence) => {
  suite = await openSuite(capabilities, { clock: 'frozen' });
  const run = await suite.start();
  await run.until((story) => story.wait !== undefined);
  await expect(
    run.handle.executeUpdate(update as typeof resendVerification, { args: args as [] }),
  ).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: expect.stringMatching(sentence) },
  });
  await run.handle.terminate();
});
