import { vi } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { CancelledFailure } from '@temporalio/common';
import { PROVIDER_ENTRIES } from '../../../activities/providers.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { ENV } from './settings.ts';

afterEach(closeDesks);

const LOGIN = 'POST /api/v1/crm/auth/login';

describe('checkLogin', () => {
  const open = (url: string, password = ENV.DEFENTRY_PASSWORD) =>
    PROVIDER_ENTRIES.defentry.open({ ...ENV, DEFENTRY_BASE_URL: url, DEFENTRY_PASSWORD: password });

  test('passes with the right password', async () => {
    const { url } = await openDesk();
    await expect(open(url).checkLogin()).resolves.toBeUndefined();
  });

  test('says what to check with a wrong one, which it does not repeat', async () => {
    const { url } = await openDesk();
    const call = open(url, 'canary').checkLogin();
    await expect(call).rejects.toMatchObject({ code: 'Unauthorized' });
    await expect(call).rejects.toThrow(`Defentry ${LOGIN}: the login was refused; check the credentials`);
    await expect(call).rejects.not.toThrow('canary');
  });
});

test('a refused login fails the step after one try, as transient: credentials rotate', async () => {
  const server = new LocalServer();
  await server.start();
  server.handle((_, response) => answer(response, 401, { message: 'Unauthenticated.' }));
  const { activities } = PROVIDER_ENTRIES.defentry.open({ ...ENV, DEFENTRY_BASE_URL: server.url });
  const failure = await failureOf(activities.createAccount?.({ request: requestFor() }) ?? Promise.resolve());
  expect(failure).toMatchObject({ type: 'Unauthorized', nonRetryable: false });
  expect(server.received).toHaveLength(1);
  await server.stop();
});

test('9.2: a rotated password: runs that go on trying make few logins, and go on by themselves once it is right', async () => {
  const server = new LocalServer();
  await server.start();
  vi.useFakeTimers({ toFake: ['Date'] });
  let isRight = false;
  server.handle(({ path }, response) => {
    if (!path.endsWith('/login')) return answer(response, 200, { data: { id: 1 } });
    if (isRight) answer(response, 200, { token: 't' });
    else answer(response, 401, { message: 'Unauthenticated.' });
  });
  const { activities } = PROVIDER_ENTRIES.defentry.open({ ...ENV, DEFENTRY_BASE_URL: server.url });
  const run = () => activities.findAccount({ reference: 'ref-1', accountId: '1' });
  const inThirtySeconds = async () => {
    for (let second = 0; second < 30; second += 1) {
      const runs = await Promise.allSettled(Array.from({ length: 5 }, run));
      for (const each of runs) expect(each).toMatchObject({ reason: { type: 'Unauthorized', nonRetryable: false } });
      vi.advanceTimersByTime(1_000);
    }
  };
  await inThirtySeconds();
  expect(server.received.map(({ path }) => path)).toEqual(['/api/v1/crm/auth/login', '/api/v1/crm/auth/login']);
  isRight = true;
  vi.advanceTimersByTime(60_000);
  await expect(run()).resolves.toMatchObject({ accountId: '1' });
  vi.useRealTimers();
  await server.stop();
});

test('1.3: all tokens expired: the steps under way share one new login', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const logins = desk.sandbox.faults.add({ kind: 'delay', ms: 20, route: LOGIN, times: 10 });
  desk.sandbox.expireTokens();
  await Promise.all(Array.from({ length: 6 }, () => desk.steps.readAccount({ accountId })));
  expect(logins.fired).toBe(1);
});

test('2.1: a legacy body in spite of the version header is read all the same', async () => {
  const desk = await openDesk({ legacyBooleans: 'word' });
  const accountId = await desk.account();
  desk.sandbox.faults.add({ kind: 'legacy-body', times: 2 });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'no', ssnPresent: 'no' });
});

test.each([1, 2, 3, 4] as const)(
  '2.4: a refusal in legacy shape %i is still the same refusal',
  async (legacyErrors) => {
    const desk = await openDesk({ legacyErrors });
    await desk.steps.createAccount({ request: requestFor({}, { reference: 'somebody-else' }) });
    desk.sandbox.faults.add({ kind: 'legacy-body', route: 'POST /api/v1/account' });
    const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
    // Only shape 2 names the field; without a name it stays with a person.
    expect(failure.type).toBe(legacyErrors === 2 ? 'EmailTaken' : 'Invalid');
  },
);

test('a cancelled activity ends its call', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const environment = new MockActivityEnvironment();
  desk.sandbox.faults.add({ kind: 'delay', ms: 60_000, route: 'GET /api/v1/account/:account_id' });
  const reading = environment.run(() => desk.steps.readAccount({ accountId }));
  environment.cancel();
  await expect(reading).rejects.toBeInstanceOf(CancelledFailure);
});
