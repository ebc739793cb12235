import { CancelledFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { PROVIDER_ENTRIES } from '../../../activities/providers.ts';
import { SSN, closeDesks, failureOf, inActivity, openDesk, requestFor } from './desk.ts';
import { ENV } from './settings.ts';

afterEach(closeDesks);

const open = (url: string, env = {}) =>
  PROVIDER_ENTRIES['tulo-payway'].open({ ...ENV, TULO_PAYWAY_BASE_URL: url, ...env });

describe('checkLogin', () => {
  test('passes with the right secret', async () => {
    const { url } = await openDesk();
    await expect(open(url).checkLogin()).resolves.toBeUndefined();
  });

  test.each<[string, Record<string, string>, string]>([
    ['a wrong secret', { TULO_PAYWAY_CLIENT_SECRET: 'canary' }, 'INVALID_CLIENT'],
    ['another grant (17.4)', { TULO_PAYWAY_GRANT_TYPE: 'client_credentials' }, 'UNSUPPORTED_GRANT_TYPE'],
    ['a scope that was not issued (17.5)', { TULO_PAYWAY_SCOPES: '/external/title/r' }, 'INVALID_SCOPE'],
  ])('says so with %s', async (_, env, code) => {
    const { url } = await openDesk();
    await expect(open(url, env).checkLogin()).rejects.toThrow(code);
  });

  test('another grant is taken where the organisation has it', async () => {
    const { url } = await openDesk({ clientCredentials: true });
    const env = { TULO_PAYWAY_GRANT_TYPE: 'client_credentials' };
    await expect(open(url, env).checkLogin()).resolves.toBeUndefined();
  });
});

test('2.5 reading an account takes the write scope: without it the step is forbidden', async () => {
  const desk = await openDesk({}, { TULO_PAYWAY_SCOPES: '/external/account/r' });
  const create = () => desk.steps.createAccount({ request: requestFor() });
  expect(await failureOf(inActivity(create, 5))).toMatchObject({ type: 'Forbidden', nonRetryable: true });
});

test('2.3 a token that is refused although it is new fails the step for a while', async () => {
  const desk = await openDesk({ tokenSeconds: 0 });
  const failure = await failureOf(desk.steps.createAccount({ request: requestFor() }));
  // For Temporal to try again: credentials and clocks get repaired.
  expect(failure).toMatchObject({ type: 'Unauthorized', nonRetryable: false });
});

test('all tokens expired: the steps under way go on', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  desk.sandbox.expireTokens();
  const readings = await Promise.all(Array.from({ length: 6 }, () => desk.steps.readAccount({ accountId })));
  expect(readings.every(({ exists }) => exists)).toBe(true);
});

test('3.2 a bare account is read as one under item', async () => {
  const desk = await openDesk({ accountBody: 'bare' });
  const accountId = await desk.account({ ssn: SSN });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ exists: true, ssnPresent: 'yes' });
});

test('17.24 a wrong check digit is worth a line in the log, without the number, and nothing more', async () => {
  const desk = await openDesk();
  const warnings: unknown[] = [];
  const logger = { warn: (...line: unknown[]) => void warnings.push(line) };
  const check = (ssn: string) => {
    const environment = new MockActivityEnvironment();
    Object.assign(environment.context, { log: logger });
    return environment.run(() => desk.steps.checkRequest({ request: requestFor({ ssn }) }));
  };
  await check('19620817-9256');
  expect(warnings).toHaveLength(0);
  await check('19620817-9257');
  expect(warnings).toEqual([['person.ssn: the check digit is wrong']]);
});

test('a cancelled activity ends its call', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  const environment = new MockActivityEnvironment();
  desk.sandbox.faults.add({ kind: 'delay', ms: 60_000, route: 'GET /external/api/v1/accounts' });
  const reading = environment.run(() => desk.steps.readAccount({ accountId }));
  environment.cancel();
  await expect(reading).rejects.toBeInstanceOf(CancelledFailure);
});
