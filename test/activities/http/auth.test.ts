import { none } from '../../../activities/http/answer.ts';
import { tokenAuth } from '../../../activities/http/auth.ts';
import { vi } from 'vitest';
import { HttpError } from '../../../activities/http/errors.ts';
import type { HttpErrorCode } from '../../../activities/http/errors.ts';
import { GET, LocalServer, POST, answer, codeOf, sendTo } from './local-server.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** A login that counts and gives `t1`, `t2`, …; the server takes only the tokens in `valid`. */
function arrange(valid: string[]) {
  const logins: string[] = [];
  const auth = tokenAuth(async () => {
    logins.push(`t${logins.length + 1}`);
    return logins.at(-1) ?? '';
  });
  server.handle(({ headers }, response) =>
    answer(response, valid.includes(headers.authorization?.replace('Bearer ', '') ?? '') ? 200 : 401, {}),
  );
  return { auth, logins, send: sendTo(server.url) };
}

test('one login serves many calls', async () => {
  const { auth, logins, send } = arrange(['t1']);
  for (let call = 0; call < 3; call++) await send(GET, none, { auth });
  expect([logins.length, server.received.length]).toEqual([1, 3]);
});

test('where nothing can replace the token, a 401 is final and not repeated', async () => {
  const { send } = arrange([]);
  expect(await codeOf(send(GET, none, { auth: { token: async () => 'fixed' } }))).toBe('Unauthorized');
  expect(server.received).toHaveLength(1);
});

test('a token is not used any more from the instant told at login', async () => {
  let logins = 0;
  const renewAt = [Date.now() - 1, Date.now() + 60_000];
  const auth = tokenAuth(async () => ({ token: `t${logins + 1}`, renewAt: renewAt[logins++] }));
  expect([await auth.token(), await auth.token(), await auth.token()]).toEqual(['t1', 't2', 't2']);
});

test('calls at the same time share one login', async () => {
  const { auth, logins, send } = arrange(['t1']);
  await Promise.all(Array.from({ length: 8 }, () => send(GET, none, { auth })));
  expect([logins.length, server.received.length]).toEqual([1, 8]);
});

test('a 401 is followed by one login and one replay with the same body', async () => {
  const { auth, logins, send } = arrange(['t2']);
  await send(POST, none, { auth, body: { a: 1 } });
  expect(logins).toHaveLength(2);
  expect(server.received.map(({ headers, body }) => [headers.authorization, body])).toEqual([
    ['Bearer t1', { a: 1 }],
    ['Bearer t2', { a: 1 }],
  ]);
});

test('many 401s at the same time cost one login', async () => {
  const { auth, logins, send } = arrange(['t2']);
  await Promise.all(Array.from({ length: 8 }, () => send(GET, none, { auth })));
  expect([logins.length, server.received.length]).toEqual([2, 16]);
});

test('a late 401 on a token that was replaced keeps the new one', async () => {
  const { auth, logins } = arrange([]);
  const old = await auth.token();
  auth.reject(old);
  expect(await auth.token()).toBe('t2');
  auth.reject(old);
  expect(await auth.token()).toBe('t2');
  expect(logins).toHaveLength(2);
});

test('a second 401 is given up', async () => {
  const { auth, logins, send } = arrange([]);
  expect(await codeOf(send(GET, none, { auth }))).toBe('Unauthorized');
  expect([logins.length, server.received.length]).toEqual([2, 2]);
});

const refusedBy = (code: HttpErrorCode, more: object = {}) =>
  new HttpError(code, { provider: 'Vendor', route: 'POST /login', status: 400, ...more });

describe('a login that fails is a failure of its own kind, and no call is made', () => {
  test.each<[HttpErrorCode, HttpErrorCode]>([
    ['Unauthorized', 'Unauthorized'],
    ['Forbidden', 'Unauthorized'],
    ['Invalid', 'Unauthorized'],
    ['Conflict', 'Unauthorized'],
    ['Throttled', 'Throttled'],
    ['NotFound', 'Unavailable'],
    ['ContractViolation', 'Unavailable'],
    ['UnknownOutcome', 'Unavailable'],
    ['Unavailable', 'Unavailable'],
  ])('%s is told as %s, with the login’s route', async (code, told) => {
    const { send } = arrange(['good']);
    const auth = tokenAuth(() => Promise.reject(refusedBy(code, { retryAfterMs: 7_000 })));
    await expect(send(POST, none, { auth })).rejects.toMatchObject({ code: told, route: 'POST /login' });
    expect(server.received).toHaveLength(0);
  });

  test('a defect is not made one', async () => {
    const auth = tokenAuth(() => Promise.reject(new TypeError('a defect')));
    await expect(arrange([]).send(GET, none, { auth })).rejects.toBeInstanceOf(TypeError);
  });
});

describe('after a login that was refused', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => vi.useRealTimers());

  /** The login is taken from the given one on. */
  function refusing(until: number) {
    const { send } = arrange(['good']);
    const logins: number[] = [];
    const auth = tokenAuth(async () => {
      logins.push(Date.now());
      if (logins.length < until) throw refusedBy('Unauthorized');
      return 'good';
    });
    return { logins, call: () => send(GET, none, { auth }) };
  }

  test('there is a pause that grows, in which each call is told when to come again', async () => {
    const { logins, call } = refusing(Infinity);
    const begun = Date.now();
    for (let second = 0; second < 3_600; second += 1) {
      await expect(call()).rejects.toMatchObject({ code: 'Unauthorized', route: 'POST /login' });
      vi.advanceTimersByTime(1_000);
    }
    expect(logins.map((at) => (at - begun) / 1000)).toEqual([0, 15, 45, 105, 225, 465, 945, 1_845, 2_745]);
  });

  test('the pause is told to Temporal', async () => {
    const { call } = refusing(Infinity);
    await expect(call()).rejects.toMatchObject({ retryAfterMs: 15_000 });
    vi.advanceTimersByTime(5_000);
    await expect(call()).rejects.toMatchObject({ retryAfterMs: 10_000 });
  });

  test('everything goes on by itself once the credentials are right', async () => {
    const { logins, call } = refusing(2);
    expect(await codeOf(call())).toBe('Unauthorized');
    expect(await codeOf(call())).toBe('Unauthorized');
    vi.advanceTimersByTime(15_000);
    expect([await codeOf(call()), await codeOf(call())]).toEqual(['done', 'done']);
    expect(logins).toHaveLength(2);
  });

  test('one that only could not be had is tried again at once', async () => {
    const { send } = arrange(['good']);
    let logins = 0;
    const auth = tokenAuth(async () => {
      logins += 1;
      if (logins === 1) throw refusedBy('NotFound');
      return 'good';
    });
    expect([await codeOf(send(GET, none, { auth })), await codeOf(send(GET, none, { auth }))]).toEqual([
      'Unavailable',
      'done',
    ]);
  });
});

test('one cancelled call does not end the login others wait for', async () => {
  const { send } = arrange(['shared']);
  let finish: (token: string) => void = () => undefined;
  const auth = tokenAuth(() => new Promise((resolve) => (finish = resolve)));
  const canceller = new AbortController();
  const cancelled = codeOf(sendTo(server.url, { cancellation: () => canceller.signal })(GET, none, { auth }));
  const patient = codeOf(send(GET, none, { auth }));
  canceller.abort('stop');
  expect(await cancelled).toBe('stop');
  finish('shared');
  expect(await patient).toBe('done');
});

test('the call that began a login and is cancelled does not end it for the others, which is sent as shared', async () => {
  const canceller = new AbortController();
  let answerLogin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    server.handle(({ method }, response) => {
      if (method === 'GET') return answer(response, 200, {});
      answerLogin = () => answer(response, 200, {});
      resolve();
    });
  });
  const cancellable = sendTo(server.url, { cancellation: () => canceller.signal });
  const auth = tokenAuth(async () => {
    await cancellable(POST, none, { mutates: false, shared: true });
    return 'shared';
  });
  const cancelled = codeOf(cancellable(GET, none, { auth }));
  const patient = codeOf(sendTo(server.url)(GET, none, { auth }));
  await begun;
  canceller.abort('stop');
  expect(await cancelled).toBe('stop');
  answerLogin();
  expect(await patient).toBe('done');
  expect(server.received.map(({ method }) => method)).toEqual(['POST', 'GET']);
});

test('a login that outlasts the deadline leaves a change unsent', async () => {
  arrange([]);
  const auth = tokenAuth(() => new Promise<never>(() => undefined));
  expect(await codeOf(sendTo(server.url, { timeoutMs: 50 })(POST, none, { auth }))).toBe('Unavailable');
  expect(server.received).toHaveLength(0);
});
