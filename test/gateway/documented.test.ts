import type { FastifyInstance } from 'fastify';
import type { Exchange } from './documented.ts';
import { startGateway, tokens, type Gateway } from './suite.ts';

// The control of `gateway.call`, which judges every answer that the tests of the gateway get.

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ env: { TEMPORAL_ADDRESS: '127.0.0.1:9', ONBOARDING_CALL_DEADLINE: 'PT0.2S' } });
});
afterAll(() => gateway.close());

const RUN = {
  type: 'onboarding',
  provider: 'defentry',
  reference: 'c-1',
  workflowId: 'onboarding.defentry.c-1',
  runId: 'r-1',
  status: 'running',
  startedAt: '2026-12-01T08:00:00Z',
};
const { runId: _, ...withoutRunId } = RUN;
const NOT_FOUND = { type: '/problems/not-found', title: 'No such address', status: 404, detail: 'See /docs.' };

interface Answered {
  method?: string;
  path?: string;
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** By default of a run that is read. */
function exchange({ method = 'GET', path = '/v1/onboardings/defentry/c-1', ...answer }: Answered): Exchange {
  const { status = 200, type = 'application/json; charset=utf-8', headers = {}, body = RUN } = answer;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method, path, status, headers: new Headers({ ...(type && { 'content-type': type }), ...headers }), text };
}
const problem = { type: 'application/problem+json', body: NOT_FOUND };
const notAllowed = { ...problem, method: 'PUT', status: 405, body: { ...NOT_FOUND, status: 405 } };
const page = { path: '/v1/onboardings', body: { runs: [RUN], next: 'x' } };
const stream = { path: '/v1/onboardings/defentry/c-1/events', type: 'text/event-stream' };
const outOfReach = { type: '/problems/temporal-unavailable', title: 'x', status: 503, detail: 'x' };

test.each<[string, Answered]>([
  ['a body', {}],
  ['a list', page],
  ['HEAD, without a body', { method: 'HEAD', body: '' }],
  ['nothing', { ...page, path: '/v1/onboardings/defentry/c-1/result', status: 204, type: '', body: '' }],
  ['a refusal', { ...problem, status: 404 }],
  ['a refusal before any route', { ...problem, status: 431, body: { ...NOT_FOUND, status: 431 } }],
  ['text', { path: '/v1/reconciliations/defentry/latest', type: 'text/csv', body: 'provider\r\n' }],
  ['an unknown address', { ...problem, path: '/v1/nowhere', status: 404 }],
  ['another method', { ...notAllowed, headers: { allow: 'GET' } }],
  ['an end of a stream', { ...stream, body: `retry: 1\n\nevent: problem\ndata: ${JSON.stringify(NOT_FOUND)}\n\n` }],
  ['a webhook', { method: 'POST', path: '/webhooks/generic', status: 202, body: { status: 'accepted' } }],
  ['a page for a customer', { path: '/v/x', status: 410, type: 'text/html', body: '<!doctype html>' }],
])('%s as documented is right', (_, answered) => {
  expect(gateway.judge(exchange(answered))).toEqual([]);
});

test.each<[string, Answered, string]>([
  ['another status', { status: 201 }, 'the status is not documented'],
  ['a refusal that is not of this route', { ...problem, status: 409 }, 'the status is not documented'],
  ['another content type', { type: 'text/plain' }, 'the content type text/plain is not documented'],
  ['no content type', { type: '' }, 'the content type none is not documented'],
  ['a property too few', { body: withoutRunId }, "body must have required property 'runId'"],
  ['a property too many', { body: { ...RUN, email: 'x' } }, 'body must NOT have additional properties: email'],
  [
    'a value of none of the kinds',
    { body: { ...RUN, status: 'x' } },
    'body/status must be equal to one of the allowed values',
  ],
  [
    'a wrong item of a list',
    { ...page, body: { runs: [withoutRunId] } },
    "body/runs/0 must have required property 'runId'",
  ],
  ['broken JSON', { body: '{' }, 'body must be object'],
  ['a body where there is none', { method: 'HEAD' }, 'there is a body'],
  [
    'a body of an empty answer',
    { method: 'POST', path: '/v1/onboardings/defentry/c-1/cancel', status: 202 },
    'there is a body, and none is documented',
  ],
  [
    'a refusal that is no problem',
    { status: 404, body: NOT_FOUND },
    'the content type application/json is not documented',
  ],
  ['a problem of another status', { ...problem, status: 400 }, 'body/status is not the status'],
  [
    'a problem without a title',
    { ...problem, status: 404, body: { ...NOT_FOUND, title: undefined } },
    "body must have required property 'title'",
  ],
  ['no Retry-After', { ...problem, status: 503, body: outOfReach }, 'the header retry-after is missing'],
  [
    'a Retry-After of words',
    { ...problem, status: 503, body: outOfReach, headers: { 'retry-after': 'soon' } },
    'header retry-after must be integer',
  ],
  ['no Allow', notAllowed, 'the header allow is missing'],
  [
    'an event of none of the kinds',
    { ...stream, body: 'event: x\ndata: {}\n\n' },
    'the stream has an event that is not documented',
  ],
  [
    'an event without its data',
    { ...stream, body: `event: problem\ndata: ${JSON.stringify({ ...NOT_FOUND, detail: undefined })}\n\n` },
    "event problem must have required property 'detail'",
  ],
  ['an answer at an unknown address', { path: '/v1/nowhere' }, 'the route is not documented'],
  ['an answer to another method', { method: 'PUT' }, 'the route is not documented'],
  [
    'a page at an unknown address',
    { path: '/v1/nowhere', status: 404, type: 'text/html' },
    'the refusal is text/html and no problem document',
  ],
  [
    'a page for a sender',
    { path: '/webhooks/generic', type: 'text/html' },
    'the content type text/html is not expected',
  ],
])('%s is reported', (_, answered, sentence) => {
  expect(gateway.judge(exchange(answered))).toEqual([sentence]);
});

test('what other tests ask without the judge is as documented, too', async () => {
  const clear = { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'e30=' }] };
  const sealed = await gateway.call('POST', '/codec/encode', { body: clear });
  const opened = await gateway.call('POST', '/codec/decode', { body: sealed.body });
  const link = await gateway.call('POST', '/v1/onboardings/defentry/c-1/return-links', { body: { kind: 'email' } });
  expect([sealed.status, opened.status, opened.body, link.status]).toEqual([200, 200, clear, 201]);
});

test('a call fails when its answer is not as documented', async () => {
  const spoil = (app: FastifyInstance) =>
    void app.addHook('onSend', async (_, reply) => void (reply.statusCode === 200 && reply.code(203)));
  const spoiled = await startGateway({ env: { TEMPORAL_ADDRESS: '127.0.0.1:9' }, prepare: spoil });
  const asked = spoiled.call('GET', '/v1/providers', { token: tokens.read });
  await expect(asked).rejects.toThrow('GET /v1/providers 203: the status is not documented');
  await spoiled.close();
});

test('what is judged by is what the gateway serves', async () => {
  const { body } = await gateway.call('GET', '/docs/json', { token: null });
  expect(JSON.parse(JSON.stringify(gateway.app.swagger()))).toEqual(body);
});
