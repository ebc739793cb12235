import { connect } from 'node:net';
import type { RouteOptions } from 'fastify';
import { request as send } from 'undici';
import { RETURN_KINDS, sealTicket } from '../../gateway/returns/token.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { SWEEPING } from '../setup/sample.ts';
import { validRequest } from '../client/requests.ts';
import { singleRequest } from '../client/suite.ts';
import { chance, json, mutated, text, type Chance } from './random.ts';
import { keys } from '../workflows/suite.ts';
import { paywayEnvelope } from './payway-envelope.ts';
import { openGatewaySuite, tokens, type Gateway, type GatewaySuite } from './suite.ts';
import { OLDER_SECRET, SECRET, signed, WEBHOOK_ENV } from './webhook-gateway.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 32);
const CASES = SWEEPING ? 4000 : 200;
const RAW_CASES = SWEEPING ? 500 : 50;
const AT_ONCE = 8;

interface Route {
  method: string;
  pattern: string;
}

/** Runs that are there, so that messages reach a run. */
const OPEN = Array.from({ length: 12 }, () => singleRequest({ kind: 'family' }));

const routes: Route[] = [];
/** Of senders, browsers and the platform, which no document shows. */
const hidden: Route[] = [];
const HIDDEN = /^\/(webhooks|v|eid|metrics)(\/|$)/;

const ring = parseKeyRing(keys, 'test');
const TICKETS = RETURN_KINDS.flatMap((kind) =>
  [-1, 1].map((day) =>
    sealTicket(ring, {
      kind,
      provider: 'defentry',
      reference: OPEN[0]!.reference,
      language: 'en',
      expiresAt: Date.now() + day * 86_400_000,
    }),
  ),
);
// What gets through is judged by Temporal and the runs, too. Of its own, so that nothing of another test's is changed or decided.
let server: OwnServer;
let suite: GatewaySuite;
let gateway: Gateway;
beforeAll(async () => {
  server = await startOwnServer({});
  const env = { ...WEBHOOK_ENV, GATEWAY_REQUESTS_PER_MINUTE: '1000000', ONBOARDING_CALL_DEADLINE: 'PT1M' };
  const collect = ({ method, url, schema, handler }: RouteOptions) => {
    const list = schema?.hide ? hidden : routes;
    if (schema?.hide && (handler.length === 0 || !HIDDEN.test(url))) return;
    for (const each of [method].flat()) list.push({ method: each, pattern: url });
  };
  suite = await openGatewaySuite({
    at: server.address,
    env,
    prepare: (app) => void app.addHook('onRoute', collect),
  });
  ({ gateway } = suite);
  for (const request of OPEN) await gateway.call('POST', '/v1/onboardings', { body: request });
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

const BODIES: Record<string, unknown> = {
  onboardings: validRequest(),
  batch: { onboardings: [validRequest(), validRequest({ kind: 'single' })] },
  'email-verified': { eventId: 'e-1', at: '2026-12-01T08:00:00Z' },
  'eid-completed': { eventId: 'e-1', identificationId: '1', outcome: 'completed' },
  'member-accepted': { eventId: 'e-1', member: 'partner' },
  'confirm-email': { code: '1234' },
  members: { reference: 'child', person: { firstName: 'Ida', lastName: 'Berg' } },
  correct: { path: 'person.email', value: 'x@example.com' },
  resolve: { step: 'createAccount', action: 'retry', by: 'op', reason: 'x', member: 'partner' },
  'attention/resolve': { filter: { code: 'Invalid' }, action: 'retry', by: 'op', reason: 'x', dryRun: true, limit: 5 },
  changes: { changeId: 'ch-1', change: { kind: 'change-email', email: 'x@example.com' }, ifBusy: 'refuse' },
  offboarding: { accountId: '1', keepFor: 'P30D' },
  reconciliation: { policy: { pause: 'PT5S' } },
  'reconciliations/:provider': { policy: { pause: 'PT5S' } },
  repair: { startedAt: '2026-12-01T08:00:00.000Z', dryRun: false, from: 1, by: 'op', reason: 'x' },
  schedule: { every: 'P1D', policy: { pause: 'PT5S' } },
  'tulo-payway/*': paywayEnvelope('account_changed', '5f2b8c9d4e1a7b3c6d0e9f81').body,
  'webhooks/generic': { provider: 'defentry', eventId: 'e-1', kind: 'emailVerified', reference: OPEN[1]!.reference },
  encode: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'e30=' }] },
  decode: { payloads: [{ metadata: { encoding: 'YmluYXJ5L2VuY3J5cHRlZA==' }, data: 'e30=' }] },
};

function pathOf(random: Chance, pattern: string): string {
  const part = () =>
    encodeURIComponent(random.maybe(0.6) ? random.pick(['nobody', 'partner', ...PROVIDERS]) : wellFormed(text(random)));
  const isReal = random.maybe(0.5);
  const real = pattern.replace(':provider', 'defentry').replace(':reference', random.pick(OPEN).reference);
  const guess = () =>
    random.maybe(0.7) ? random.pick(pattern.startsWith('/webhooks') ? [SECRET, OLDER_SECRET] : TICKETS) : part();
  const path = (isReal ? real : pattern).replace(/:\w+/g, part).replace('*', guess);
  if (random.maybe(0.1)) return `${path}/${random.pick(['..', '%2e%2e', '%00', '%', '%E0%A4%A', '//', '?', ';x=y'])}`;
  if (random.maybe(0.4)) return path;
  const names = [
    'provider',
    'stage',
    'waitingFor',
    'outcome',
    'status',
    'members',
    'limit',
    'cursor',
    'wait',
    'types',
    'step',
    'code',
    'olderThan',
    'format',
    wellFormed(text(random, 8)),
  ];
  const query = Array.from({ length: 1 + random.below(4) }, () => {
    const value = random.pick([wellFormed(text(random)), 'true', '5', '-1', 'running', 'defentry', 'NaN', '[]']);
    return `${encodeURIComponent(random.pick(names))}=${encodeURIComponent(value)}`;
  });
  return `${path}?${query.join('&')}`;
}

/** `encodeURIComponent` takes no half of a character. */
function wellFormed(value: string): string {
  return Buffer.from(value).toString();
}

function bodyOf(random: Chance, pattern: string): string {
  const known = BODIES[pattern.split('/').slice(-2).join('/')] ?? BODIES[pattern.split('/').at(-1)!];
  const whole = JSON.stringify(known !== undefined && random.maybe(0.7) ? mutated(random, known) : json(random)) ?? '';
  if (random.maybe(0.85)) return whole;
  // Broken JSON: cut, or one character replaced.
  const at = random.below(whole.length + 1);
  return random.maybe(0.5) ? whole.slice(0, at) : `${whole.slice(0, at)}${text(random, 3)}${whole.slice(at + 1)}`;
}

function headersOf(random: Chance): Record<string, string> {
  const value = () => text(random).replaceAll(/[^ -~]/g, '');
  const type = random.pick([
    'application/json',
    'application/json',
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'multipart/form-data',
    value(),
  ]);
  return {
    authorization: random.maybe(0.9) ? `Bearer ${tokens.all}` : value(),
    'content-type': type,
    ...(random.maybe(0.1) && { origin: value() }),
    ...(random.maybe(0.1) && { 'x-namespace': value() }),
    ...(random.maybe(0.1) && { 'last-event-id': value() }),
    ...(random.maybe(0.1) && { 'x-forwarded-for': value() }),
    ...(random.maybe(0.05) && { 'accept-encoding': value() }),
    ...(random.maybe(0.05) && { 'x-large': 'x'.repeat(random.below(20_000)) }),
  };
}

/** Of a batch of onboardings, or of decisions. */
function statusesIn(answer: {
  answers?: { status: number }[];
  results?: { problem?: { status: number } }[];
}): number[] {
  const { answers = [], results = [] } = answer;
  return [...answers.map(({ status }) => status), ...results.flatMap(({ problem }) => problem?.status ?? [])];
}

/** Neighbouring seeds have no case in common. */
function caseOf(number: number): Chance {
  return chance(Math.imul(SEED, 0x9e3779b1) + number);
}

/** Answers of the routes that found nothing wrong: what was made up happened to be right. */
const RIGHT = new Set([200, 201, 202, 204, 207]);

test(`whatever comes is answered with 4xx, as the document says, and never with 5xx (FUZZ_SEED=${SEED})`, async () => {
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  const through = new Set<string>();
  const judge = async (number: number): Promise<void> => {
    const random = caseOf(number);
    const { method, pattern } = random.pick(random.maybe(0.2) ? hidden : routes);
    const path = pathOf(random, pattern);
    const body =
      ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) && random.maybe(0.95) ? bodyOf(random, pattern) : null;
    const headers = { ...headersOf(random), ...(random.maybe(0.5) && signed(body ?? '')) };
    const answer = await send(`${gateway.url}${path}`, { method: method as 'GET', headers, body });
    const isStream = answer.headers['content-type'] === 'text/event-stream';
    const answered = isStream ? '' : await answer.body.text();
    if (isStream) answer.body.destroy();
    const { statusCode: status } = answer;
    statuses[status] = (statuses[status] ?? 0) + 1;
    const { pathname } = new URL(path, gateway.url);
    const headed = new Headers(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const unlike = gateway.judge({ method, path: pathname, status, headers: headed, text: answered });
    const isRight = (RIGHT.has(status) || (status >= 400 && status < 500)) && unlike.length === 0;
    through.add(`${pattern} ${/"type":"\/problems\/([a-z-]+)"/.exec(answered)?.[1] ?? status}`);
    const each = status === 207 ? statusesIn(JSON.parse(answered)) : [];
    if (!isRight || each.some((one) => one >= 500) || /\bat .*\.(ts|js):\d/.test(answered))
      wrong.push(`case ${number}: ${method} ${pattern} ${status} ${unlike.join('; ')} ${answered}`);
  };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < CASES) await judge(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  process.stdout.write(`gateway fuzz: ${CASES} cases, FUZZ_SEED=${SEED}, ${JSON.stringify(statuses)}\n`);
  expect(wrong).toEqual([]);
  // A fuzzer whose cases all fail at the door tests the door only.
  for (const status of [200, 400, 401, 404, 415]) expect(statuses[status]).toBeGreaterThan(CASES / 400);
  // What tells that the secret, the signature, the ticket held.
  const held = [
    '/webhooks/tulo-payway/* invalid-request',
    '/webhooks/generic invalid-request',
    '/v/* 410',
    '/eid/* 410',
    '/metrics 200',
  ];
  // A few hundred cases need not come to each of them.
  expect(SWEEPING ? held.filter((each) => !through.has(each)) : []).toEqual([]);
  expect(gateway.lines().filter(({ status }) => Number(status) >= 500)).toEqual([]);
});

test(`bytes that are no HTTP are refused or cut off, and the gateway lives on (FUZZ_SEED=${SEED})`, async () => {
  const { port } = new URL(gateway.url);
  const lines = [
    'GET /livez HTTP/1.1',
    'POST /v1/onboardings HTTP/1.1',
    'host: x',
    'content-length: 5',
    'content-length: -1',
    'transfer-encoding: chunked',
    'transfer-encoding: x',
    ': empty',
    'a: b\r\n c',
    '',
  ];
  const answers: string[] = [];
  for (let number = 0; number < RAW_CASES; number += 1) {
    const random = caseOf(-number);
    const parts = Array.from({ length: 1 + random.below(8) }, () =>
      random.maybe(0.6) ? random.pick(lines) : text(random),
    );
    answers.push(await exchange(Number(port), `${parts.join(random.pick(['\r\n', '\n', '\r']))}\r\n\r\n`));
  }
  process.stdout.write(`gateway fuzz: ${RAW_CASES} raw cases, FUZZ_SEED=${SEED}\n`);
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 5'))).toEqual([]);
  expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 4')).length).toBeGreaterThan(RAW_CASES / 2);
  expect((await gateway.call('GET', '/livez', { token: null })).status).toBe(200);
});

/** Sends all and then no more, and takes what comes. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}
