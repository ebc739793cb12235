import { none } from '../../../activities/http/answer.ts';
import { tokenAuth } from '../../../activities/http/auth.ts';
import { HttpError } from '../../../activities/http/errors.ts';
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

test('a refused login is the call’s error, is not repeated, and is not remembered', async () => {
  const { send } = arrange(['good']);
  let tries = 0;
  const auth = tokenAuth(async () => {
    tries++;
    if (tries > 1) return 'good';
    throw new HttpError('Unauthorized', { provider: 'Vendor', route: 'POST /login', status: 401 });
  });
  await expect(send(GET, none, { auth })).rejects.toMatchObject({ code: 'Unauthorized', route: 'POST /login' });
  expect([tries, server.received.length]).toEqual([1, 0]);
  expect(await codeOf(send(GET, none, { auth }))).toBe('done');
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
