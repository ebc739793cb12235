import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { openTicket } from '../../gateway/returns/token.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { post, startGateway, type Running } from './webhook-gateway.ts';

const keys = makeKey();
const [starter, reader] = [makeToken(), makeToken()];
const PUBLIC = 'https://onboarding.bank.example/base';
const env = { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_KEYS: keys };

let gateway: Running;
beforeAll(async () => {
  gateway = await startGateway({
    ...env,
    GATEWAY_PUBLIC_URL: PUBLIC,
    GATEWAY_TOKENS: [settingOf('starter', ['start'], starter), settingOf('reader', ['read'], reader)].join(),
  });
});
afterAll(() => gateway.close());

const PATH = '/v1/onboardings/defentry/customer-4711/return-links';

async function make(body: object, { path = PATH, token = starter, to = gateway } = {}) {
  const response = await post(to.url + path, body, { authorization: `Bearer ${token}` });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test.each([
  [{ kind: 'email', language: 'sv', expiresIn: 'P2D' }, '/v/', 2],
  [{ kind: 'email' }, '/v/', 14],
  [{ kind: 'eid', language: 'da' }, '/eid/', 30],
])('a link is made for %j, before there is an onboarding and without Temporal', async (body, path, days) => {
  const before = Date.now();
  const { status, body: link } = await make(body);
  expect(status).toBe(201);
  const start = `${PUBLIC}${path}`;
  expect(String(link['url']).slice(0, start.length)).toBe(start);
  const ticket = openTicket(parseKeyRing(keys, 'test'), String(link['url']).slice(start.length))!;
  const { expiresIn: _, ...asked } = { language: 'en', expiresIn: '', ...body };
  expect(ticket).toMatchObject({ ...asked, provider: 'defentry', reference: 'customer-4711' });
  expect(new Date(ticket.expiresAt).toISOString()).toBe(link['expiresAt']);
  const lifetime = ticket.expiresAt - before;
  expect(lifetime).toBeGreaterThanOrEqual(days * 86_400_000);
  expect(lifetime).toBeLessThan(days * 86_400_000 + 60_000);
});

test.each<[string, object, string?]>([
  ['kind', { kind: 'sms' }],
  ['kind', {}],
  ['language', { kind: 'email', language: 'fr' }],
  ['expiresIn', { kind: 'email', expiresIn: '2 days' }],
  ['expiresIn', { kind: 'email', expiresIn: 'PT59S' }],
  ['expiresIn', { kind: 'email', expiresIn: 'P91D' }],
  ['more', { kind: 'email', more: 1 }],
  ['provider', { kind: 'email' }, '/v1/onboardings/acme/customer-4711/return-links'],
  ['reference', { kind: 'email' }, '/v1/onboardings/defentry/19800315-1234/return-links'],
])('%s is refused by its name: %j', async (field, body, path = PATH) => {
  const { status, body: problem } = await make(body, { path });
  expect([status, problem]).toEqual([400, expect.objectContaining({ errors: [expect.objectContaining({ field })] })]);
});

test.each([
  ['no token', 'x', 401],
  ['a token that may only read', reader, 403],
])('%s makes none', async (_, token, status) => {
  expect((await make({ kind: 'email' }, { token })).status).toBe(status);
});

test('on a developer’s machine a link leads to where the gateway listens', async () => {
  const local = await startGateway(env);
  const { body } = await make({ kind: 'email' }, { to: local });
  expect(String(body['url'])).toContain(`${local.url}/v/`);
  expect((await fetch(String(body['url']))).status).toBe(200);
  await local.close();
});
