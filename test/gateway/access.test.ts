import Fastify, { type RouteOptions } from 'fastify';
import { guard } from '../../gateway/access/access.ts';
import { SCOPES, type Scope } from '../../contract/scopes.ts';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { share } from '../setup/sample.ts';
import { startGateway, tokens, type Gateway } from './suite.ts';

/** What each route needs, written down a second time: a route that is new or changes its scope fails here first. */
const NEEDS: Record<string, Scope | 'open'> = {
  'GET /livez': 'open',
  'GET /readyz': 'open',
  'GET /metrics': 'read',
  'GET /docs': 'open',
  'GET /docs/json': 'open',
  'GET /docs/yaml': 'open',
  'GET /docs/static/*': 'open',
  'GET /docs/static/index.html': 'open',
  'GET /docs/static/swagger-initializer.js': 'open',
  'GET /problems': 'open',
  'GET /problems/:name': 'open',
  'POST /v1/onboardings': 'start',
  'POST /v1/onboardings/batch': 'start',
  'GET /v1/onboardings': 'read',
  'GET /v1/onboardings/:provider/:reference': 'read',
  'GET /v1/onboardings/:provider/:reference/progress': 'read',
  'GET /v1/onboardings/:provider/:reference/events': 'read',
  'GET /v1/onboardings/:provider/:reference/result': 'read',
  'POST /v1/onboardings/:provider/:reference/email-verified': 'start',
  'POST /v1/onboardings/:provider/:reference/eid-completed': 'start',
  'POST /v1/onboardings/:provider/:reference/member-accepted': 'start',
  'POST /v1/onboardings/:provider/:reference/confirm-email': 'start',
  'POST /v1/onboardings/:provider/:reference/resend-verification': 'start',
  'GET /v1/onboardings/:provider/:reference/eid-link': 'start',
  'POST /v1/onboardings/:provider/:reference/renew-eid-link': 'start',
  'POST /v1/onboardings/:provider/:reference/members': 'start',
  'GET /v1/onboardings/:provider/:reference/members/:member': 'read',
  'DELETE /v1/onboardings/:provider/:reference/members/:member': 'start',
  'GET /v1/onboardings/:provider/:reference/members/:member/progress': 'read',
  'POST /v1/onboardings/:provider/:reference/correct': 'operate',
  'POST /v1/onboardings/:provider/:reference/resolve': 'operate',
  'POST /v1/onboardings/:provider/:reference/cancel': 'operate',
  'GET /v1/onboardings/:provider/:reference/decisions': 'operate',
  'GET /v1/onboardings/:provider/:reference/members/:member/decisions': 'operate',
  'POST /v1/onboardings/:provider/:reference/return-links': 'start',
  'GET /v1/runs': 'read',
  'GET /v1/attention': 'read',
  'POST /v1/attention/resolve': 'operate',
  'GET /v1/accounts/:provider/:reference': 'read',
  'POST /v1/accounts/:provider/:reference/changes': 'operate',
  'GET /v1/accounts/:provider/:reference/changes': 'read',
  'GET /v1/accounts/:provider/:reference/changes/:changeId/result': 'read',
  'POST /v1/accounts/:provider/:reference/changes/cancel': 'operate',
  'POST /v1/accounts/:provider/:reference/changes/email-verified': 'start',
  'POST /v1/accounts/:provider/:reference/changes/confirm-email': 'start',
  'POST /v1/accounts/:provider/:reference/changes/resend-verification': 'start',
  'POST /v1/accounts/:provider/:reference/changes/resolve': 'operate',
  'GET /v1/accounts/:provider/:reference/changes/decisions': 'operate',
  'POST /v1/accounts/:provider/:reference/offboarding': 'operate',
  'GET /v1/accounts/:provider/:reference/offboarding': 'read',
  'GET /v1/accounts/:provider/:reference/offboarding/result': 'read',
  'POST /v1/accounts/:provider/:reference/offboarding/cancel': 'operate',
  'POST /v1/accounts/:provider/:reference/offboarding/resolve': 'operate',
  'GET /v1/accounts/:provider/:reference/offboarding/decisions': 'operate',
  'POST /v1/accounts/:provider/:reference/erasure': 'operate',
  'GET /v1/accounts/:provider/:reference/erasure': 'read',
  'GET /v1/accounts/:provider/:reference/erasure/result': 'read',
  'POST /v1/accounts/:provider/:reference/erasure/resolve': 'operate',
  'GET /v1/accounts/:provider/:reference/erasure/decisions': 'operate',
  'POST /v1/accounts/:provider/:reference/reconciliation': 'operate',
  'GET /v1/accounts/:provider/:reference/reconciliation': 'read',
  'GET /v1/accounts/:provider/:reference/reconciliation/report': 'read',
  'POST /v1/accounts/:provider/:reference/reconciliation/repair': 'operate',
  'POST /v1/reconciliations/:provider': 'operate',
  'GET /v1/reconciliations/:provider': 'read',
  'GET /v1/reconciliations/:provider/report': 'read',
  'GET /v1/reconciliations/:provider/latest': 'read',
  'POST /v1/reconciliations/:provider/repair': 'operate',
  'PUT /v1/reconciliations/:provider/schedule': 'operate',
  'GET /v1/reconciliations/:provider/schedule': 'read',
  'DELETE /v1/reconciliations/:provider/schedule': 'operate',
  'POST /v1/reconciliations/:provider/schedule/pause': 'operate',
  'POST /v1/reconciliations/:provider/schedule/resume': 'operate',
  'POST /v1/reconciliations/:provider/schedule/trigger': 'operate',
  'GET /v1/providers': 'read',
  'GET /v/*': 'open',
  'POST /v/*': 'open',
  'GET /eid/*': 'open',
  'POST /eid/*': 'open',
  'POST /codec/encode': 'decode',
  'POST /codec/decode': 'decode',
};

const routes = new Set<string>();
let gateway: Gateway;
beforeAll(async () => {
  const env = { TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS']! };
  const collect = ({ method, url, schema, handler }: RouteOptions) => {
    if (schema?.hide && handler.length === 0) return;
    for (const each of [method].flat()) routes.add(`${each} ${url}`);
  };
  gateway = await startGateway({ env, prepare: (app) => void app.addHook('onRoute', collect) });
});
afterAll(() => gateway.close());

/** Without what Fastify adds to each GET, and browsers' questions to the codec. */
const own = () => [...routes].filter((route) => !/^(HEAD|OPTIONS) /.test(route));

test('every route says what it needs, and needs what is written down', () => {
  expect(own().toSorted()).toEqual(Object.keys(NEEDS).toSorted());
});

type As = Scope | 'all' | 'none' | 'wrong' | 'not a token' | 'another scheme';
const CALLERS: As[] = [...SCOPES, 'all', 'none', 'wrong', 'not a token', 'another scheme'];
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const HEADERS: Record<As, Record<string, string>> = {
  start: bearer(tokens.start),
  read: bearer(tokens.read),
  operate: bearer(tokens.operate),
  decode: bearer(tokens.decode),
  all: bearer(tokens.all),
  none: {},
  wrong: { authorization: `Bearer ${makeToken()}` },
  'not a token': { authorization: `Bearer ${tokens.all} ${tokens.all}` },
  'another scheme': { authorization: `Basic ${tokens.all}` },
};

/** What access alone decides. */
function expected(needs: Scope | 'open', as: As): 'in' | 401 | 403 {
  if (needs === 'open') return 'in';
  if (as === 'all' || as === needs) return 'in';
  return SCOPES.some((scope) => scope === as) ? 403 : 401;
}

describe.each(Object.entries(NEEDS).map(([route, needs], turn) => ({ route, needs, turn })))(
  '$route',
  ({ route, needs, turn }) => {
    const [method, pattern] = route.split(' ') as [string, string];
    // Who may is refused for what is asked then, so nothing happens.
    const path = pattern
      .replace(/:\w+/g, '!')
      .replace('*', 'index.css')
      .replace(/(s|attention)$/, '$1?limit=x');

    test.each(share(CALLERS, turn, 6))(`${needs}: %s`, async (as) => {
      for (const each of method === 'GET' && !pattern.endsWith('/events') ? ['GET', 'HEAD'] : [method]) {
        const { status, headers, body } = await gateway.call(each, path, { token: null, headers: HEADERS[as] });
        const found = status === 401 || status === 403 ? status : 'in';
        expect([each, found]).toEqual([each, expected(needs, as)]);
        expect([each, headers.get('www-authenticate')]).toEqual([each, found === 401 ? 'Bearer' : null]);
        const isTold = found === 403 && each !== 'HEAD';
        expect([each, body?.scope]).toEqual([each, isTold ? needs : undefined]);
      }
    });
  },
);

test('a body is not read before the caller is known', async () => {
  const body = 'x'.repeat(8 * 1024 * 1024);
  expect((await gateway.call('POST', '/v1/onboardings', { body, token: null })).status).toBe(401);
});

test('a route that says nothing about access stops the start', async () => {
  const app = Fastify();
  await guard(app, { tokens: [], uiOrigins: [], requestsPerMinute: 1 });
  app.get('/silent', async () => 'x');
  await expect(app.ready()).rejects.toThrow('Routes that say nothing about access: /silent');
});

describe('without tokens', () => {
  let open: Gateway;
  beforeAll(async () => {
    open = await startGateway({ env: { GATEWAY_TOKENS: '' } });
  });
  afterAll(() => open.close());

  test.each<[string, Record<string, string>, number]>([
    ['from this machine', {}, 200],
    ['from its own page', { origin: 'own' }, 200],
    ['from the Temporal UI', { origin: 'http://localhost:8233' }, 200],
    ['from another web page', { origin: 'https://evil.example' }, 403],
    ['from a page without a name', { origin: 'null' }, 403],
  ])('%s', async (_, { origin }, status) => {
    const headers = origin === undefined ? {} : { origin: origin === 'own' ? open.url : origin };
    expect((await open.call('GET', '/v1/onboardings?limit=x', { token: null, headers })).status).toBe(
      status === 200 ? 400 : status,
    );
  });

  test.each([
    ['x-forwarded-for', '192.0.2.1'],
    ['forwarded', 'for=192.0.2.1'],
    ['x-real-ip', '192.0.2.1'],
    ['via', '1.1 proxy'],
    ['x-forwarded-for', ''],
  ])('through a proxy on this machine, which says so: %s=%s', async (name, value) => {
    const { status, body } = await open.call('GET', '/v1/providers', { token: null, headers: { [name]: value } });
    expect([status, body.type]).toEqual([403, '/problems/origin-not-allowed']);
  });

  test('from a page whose name was rebound to this address', async () => {
    const { statusCode } = await open.app.inject({ url: '/v1/providers', headers: { host: 'evil.example:8234' } });
    expect(statusCode).toBe(403);
  });
});

describe('a token that is limited to a provider', () => {
  const token = makeToken();
  const setting = settingOf('bank', ['start', 'read', 'operate'], token, { providers: ['facilioo'] });
  let limited: Gateway;
  beforeAll(async () => {
    const env = { GATEWAY_TOKENS: setting, TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS']! };
    limited = await startGateway({ env });
  });
  afterAll(() => limited.close());

  const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
  const request = (provider: string) => ({ provider, reference: 'c-1', kind: 'single', person });
  const decide = (filter: object) => ({ filter: { step: 'createAccount', ...filter }, action: 'retry' });

  test.each<[string, string, unknown, 'in' | 'out']>([
    ['GET', '/v1/onboardings/facilioo/nobody', undefined, 'in'],
    ['GET', '/v1/onboardings/defentry/nobody', undefined, 'out'],
    ['GET', '/v1/onboardings/defentry/nobody?provider=facilioo', undefined, 'out'],
    ['POST', '/v1/accounts/defentry/nobody/erasure', {}, 'out'],
    ['GET', '/v1/runs?provider=facilioo&limit=1', undefined, 'in'],
    ['GET', '/v1/runs?provider=defentry', undefined, 'out'],
    ['GET', '/v1/runs', undefined, 'out'],
    ['GET', '/v1/attention', undefined, 'out'],
    ['POST', '/v1/attention/resolve', decide({ provider: 'facilioo' }), 'in'],
    ['POST', '/v1/attention/resolve', decide({ provider: 'defentry' }), 'out'],
    ['POST', '/v1/attention/resolve', decide({}), 'out'],
    ['POST', '/v1/onboardings', request('defentry'), 'out'],
    ['POST', '/v1/onboardings/batch', { onboardings: [request('facilioo'), request('defentry')] }, 'out'],
    ['POST', '/v1/onboardings/batch', { onboardings: [{ provider: 'facilioo' }] }, 'in'],
    ['POST', '/v1/onboardings/batch', { onboardings: [null] }, 'out'],
    ['GET', '/v1/providers', undefined, 'in'],
    ['GET', '/metrics', undefined, 'out'],
  ])('%s %s: %#', async (method, path, body, expectation) => {
    const { status, body: answer } = await limited.call(method, path, { token, body });
    const refused = status === 403 && answer.type === '/problems/provider-not-allowed';
    expect(refused ? 'out' : 'in').toBe(expectation);
    expect(status).not.toBe(401);
  });
});
