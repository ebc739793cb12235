import { REFUSED, TAKEN } from '../client/requests/bytes.ts';
import { validRequest } from '../client/requests.ts';
import { startGateway, tokens, type Gateway } from './suite.ts';
import { SECRET, WEBHOOK_ENV } from './webhook-gateway.ts';

let gateway: Gateway;
beforeAll(async () => {
  // Who is let in hears that Temporal is away.
  gateway = await startGateway({
    env: { ...WEBHOOK_ENV, TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT0.2S' },
  });
});
afterAll(() => gateway.close());

const person = { firstName: 'Åsa', lastName: 'Öberg', email: 'asa@example.com' };
const account = '5f2b8c9d4e1a7b3c6d0e9f81';
const event = {
  event: 'account_changed',
  timestamp: new Date().toISOString(),
  payload: { account: { id: account, name: 'Åsa' } },
};

const ROUTES: [path: string, body: unknown][] = [
  ['/v1/onboardings', validRequest({ person })],
  [`/webhooks/tulo-payway/${SECRET}`, event],
];

async function send(
  path: string,
  body: Uint8Array,
  type = 'application/json',
): Promise<[number, { type: string; detail: string; errors?: object }]> {
  const headers = { authorization: `Bearer ${tokens.all}`, 'content-type': type };
  const answer = await fetch(new URL(path, gateway.url), { method: 'POST', headers, body: Buffer.from(body) });
  return [answer.status, (await answer.json()) as { type: string; detail: string }];
}

describe.each(ROUTES)('%s', (path, body) => {
  test.each(TAKEN)('takes %s', async (_, bytes) => {
    const [status] = await send(path, bytes(body));
    expect(status).toBe(503);
  });

  test.each(REFUSED)('refuses %s by name', async (_, bytes, sentence) => {
    const [status, problem] = await send(path, bytes(body));
    expect([status, problem.type, problem.detail]).toEqual([400, '/problems/malformed-body', `The body ${sentence}`]);
  });

  test('refuses a name that stands twice', async () => {
    const [status, problem] = await send(
      path,
      Buffer.from(JSON.stringify(body).replace('{', '{"reference":"a","reference":"b",')),
    );
    expect([status, problem.errors]).toEqual([
      400,
      expect.arrayContaining([{ field: 'reference', message: 'is given twice; keep one of them.' }]),
    ]);
  });
});

test('what is declared to be ISO-8859-1 is not taken for UTF-8, unless it is the same in both', async () => {
  const type = 'application/json; charset=ISO-8859-1';
  const [status, problem] = await send('/v1/onboardings', Buffer.from(JSON.stringify(validRequest({ person }))), type);
  expect([status, problem.detail]).toEqual([
    400,
    'The body must be UTF-8 and is in another encoding, as its content type says; save or send it as UTF-8.',
  ]);
  const [taken] = await send('/v1/onboardings', Buffer.from(JSON.stringify(validRequest())), type);
  expect(taken).toBe(503);
});
