import { randomUUID } from 'node:crypto';
import { makeKey } from '../../encryption/key-ring.ts';
import { OLDER_SECRET, post, SECRET, signed, SIGNING_SECRET, startGateway, type Running } from './webhook-gateway.ts';

let gateway: Running;
beforeAll(async () => {
  gateway = await startGateway({
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS!,
    ONBOARDING_KEYS: makeKey(),
    ONBOARDING_TASK_QUEUE: `tq-${randomUUID()}`,
  });
});
afterAll(() => gateway.close());

const payway = (changes: object = {}) => ({
  event: 'account_changed',
  timestamp: new Date().toISOString(),
  payload: { account: { id: '5f2b8c9d4e1a7b3c6d0e9f81' } },
  ...changes,
});
const event = () =>
  JSON.stringify({ provider: 'facilioo', eventId: randomUUID(), kind: 'emailVerified', accountId: '4711' });
const at = (path: string) => `${gateway.url}/webhooks/${path}`;

async function answerOf(response: Response): Promise<unknown> {
  return [response.status, ((await response.json()) as { type?: string }).type];
}

/** As Prometheus reads it. */
async function count(sender: string, outcome: string): Promise<number> {
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  const [, value] =
    new RegExp(`gateway_webhooks_total{sender="${sender}",outcome="${outcome}"} (\\d+)`).exec(metrics) ?? [];
  return Number(value ?? 0);
}

describe('a secret in the path', () => {
  test.each([SECRET, OLDER_SECRET])('each of those set lets in: %#', async (secret) => {
    expect((await post(at(`tulo-payway/${secret}`), payway())).status).toBe(202);
  });

  test.each([
    ['another secret', `tulo-payway/${SECRET}x`],
    ['more after it', `tulo-payway/${SECRET}/more`],
    ['an empty one', 'tulo-payway/'],
    ['a very long one', `tulo-payway/${'x'.repeat(5000)}`],
    ['none', 'tulo-payway'],
    ['a sender without secrets', `facilioo/${SECRET}`],
    ['a sender without secrets, and none', 'facilioo'],
    ['the secret of a signature', `generic/${SIGNING_SECRET}`],
    ['nobody', 'nobody'],
  ])('with %s there is nothing', async (_, path) => {
    expect(await answerOf(await post(at(path), payway()))).toEqual([404, '/problems/not-found']);
  });

  test('that is wrong is refused before a body is read', async () => {
    const response = await post(at(`tulo-payway/${SECRET}x`), '{"event": "kanarie');
    expect(await answerOf(response)).toEqual([404, '/problems/not-found']);
  });

  test('does not stand in the log', async () => {
    await post(at(`tulo-payway/${SECRET}`), payway());
    await post(at(`tulo-payway/${SECRET}x`), payway());
    expect(gateway.log.join('')).toContain('/webhooks/tulo-payway/*');
    expect(gateway.log.join('')).not.toContain(SECRET);
  });
});

describe('a signature', () => {
  const refused = [401, '/problems/signature-invalid'];

  test('lets in, and the same bytes once more are the same event', async () => {
    const body = event();
    const headers = signed(body);
    const answers = [await post(at('generic'), body, headers), await post(at('generic'), body, headers)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { status: 'accepted' },
      { status: 'duplicate' },
    ]);
  });

  test('of another event under a used id is a conflict, as far as it differs at all', async () => {
    const first = JSON.parse(event()) as object;
    const send = (changes: object) => {
      const body = JSON.stringify({ ...first, ...changes });
      return post(at('generic'), body, signed(body));
    };
    expect((await send({})).status).toBe(202);
    for (const changes of [{ kind: 'accountChanged' }, { accountId: '4712' }, { reference: 'c-1' }]) {
      expect(await answerOf(await send(changes))).toEqual([409, '/problems/event-conflict']);
    }
    expect(await (await send({})).json()).toEqual({ status: 'duplicate' });
    expect(await count('generic', 'conflict')).toBe(3);
  });

  test('counts for any content type, and for none', async () => {
    for (const type of ['text/plain', 'application/cloudevents+json', 'application/json; charset=utf-8']) {
      const body = event();
      expect((await post(at('generic'), body, { ...signed(body), 'content-type': type })).status).toBe(202);
    }
  });

  test.each<[string, (body: string) => Record<string, string>]>([
    ['none', () => ({})],
    ['by another secret', (body) => signed(body, { secret: 'x'.repeat(36) })],
    ['too old', (body) => signed(body, { offset: -310 })],
    ['of the future', (body) => signed(body, { offset: 310 })],
    ['of another body', (body) => signed(`${body} `)],
    ['for another sender', (body) => signed(body, { sender: 'facilioo' })],
    [
      'moved to another time',
      (body) => ({ ...signed(body), 'x-webhook-timestamp': signed(body, { offset: 9 })['x-webhook-timestamp']! }),
    ],
    ['without its time', (body) => ({ 'x-webhook-signature': signed(body)['x-webhook-signature']! })],
  ])('%s is refused', async (_, headersOf) => {
    const body = event();
    expect(await answerOf(await post(at('generic'), body, headersOf(body)))).toEqual(refused);
  });
});

describe('a body', () => {
  const url = () => at(`tulo-payway/${SECRET}`);

  test.each<[string, unknown]>([
    ['no JSON', '{"event": "kanarie'],
    ['nothing', ''],
    ['another thing', '"kanarie"'],
    ['without an account', payway({ payload: { account: { id: 'kanarie@post.example' } } })],
  ])('%s is told as malformed, without a word of it', async (_, body) => {
    const response = await post(url(), body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('kanarie');
    expect(gateway.log.join('')).not.toContain('kanarie');
  });

  test('is cut at 256 kB', async () => {
    const body = payway({ padding: 'x'.repeat(256 * 1024) });
    const { status } = await post(url(), body).catch(() => ({ status: 413 }));
    expect(status).toBe(413);
  });

  test('of an event that no run waits for is dropped and counted, of an unknown one too', async () => {
    const before = [await count('tulo-payway', 'dropped'), await count('tulo-payway', 'unknown')];
    expect((await post(url(), payway({ event: 'payment_success' }))).status).toBe(204);
    expect((await post(url(), payway({ event: 'account_renamed' }))).status).toBe(204);
    const after = [await count('tulo-payway', 'dropped'), await count('tulo-payway', 'unknown')];
    expect(after).toEqual(before.map((each) => each + 1));
  });
});

test('everything that becomes of a webhook is counted', async () => {
  for (const outcome of ['accepted', 'duplicate', 'refused']) {
    expect(await count('generic', outcome)).toBeGreaterThan(0);
  }
  expect(await count('tulo-payway', 'malformed')).toBeGreaterThan(0);
});

test('when Temporal is away, the sender is told to come back, and does', async () => {
  const away = await startGateway({
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    ONBOARDING_CALL_DEADLINE: 'PT1S',
    ONBOARDING_KEYS: makeKey(),
  });
  const response = await post(`${away.url}/webhooks/tulo-payway/${SECRET}`, payway());
  expect(await answerOf(response)).toEqual([503, '/problems/temporal-unavailable']);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  await away.close();
});
