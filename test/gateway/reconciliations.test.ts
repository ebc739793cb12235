import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { newAccount } from '../workflows/scripted-account.ts';
import { eventually } from '../workflows/suite.ts';
import { reset, singleRequest } from '../client/suite.ts';
import { openGatewaySuite, tokens, type Answer, type GatewaySuite } from './suite.ts';

const ALL = '/v1/reconciliations/defentry';
const options = { policy: { pause: 'PT0.01S' } };

// Of its own: on the common server the run over all accounts of a provider would be other tests' too.
let server: OwnServer;
let suite: GatewaySuite;
let monitored: string;
beforeAll(async () => {
  server = await startOwnServer({});
  suite = await openGatewaySuite({ at: server.address });
  reset(suite);
  suite.provider.verified = true;
  const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' };
  const { reference } = await suite.onboardings.start(singleRequest({ person, ssnMonitoring: true }));
  await suite.onboardings.result('defentry', reference);
  monitored = reference;
  suite.provider.account = { ...newAccount(), ssnMonitoring: false };
  // Temporal's list lags behind.
  await eventually(reported, ({ body }) => body.counts.known === 1);
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  suite.gateway.call('GET', path, { token: tokens.read, headers });
const post = (path: string, body?: unknown, token = tokens.operate) =>
  suite.gateway.call('POST', path, { body, token });

async function reported(): Promise<Answer> {
  expect([200, 201]).toContain((await post(ALL, options)).status);
  const answer = await get(`${ALL}/report?wait=30`);
  expect(answer.status).toBe(200);
  return answer;
}

test('all accounts of a provider: started, followed, reported, and the newest report again', async () => {
  const { body } = await reported();
  expect(body).toEqual(await suite.onboardings.reconciliations.result({ provider: 'defentry' }));
  expect(body).toMatchObject({
    outcome: 'differences',
    findings: [{ kind: 'monitoring-off', reference: monitored, repair: 'ssn-monitoring-on' }],
  });
  expect((await get(ALL)).body).toMatchObject({ provider: 'defentry', phase: 'ended', counts: body.counts });
  expect((await get(`${ALL}/report`)).body).toEqual(body);
  const latest = await eventually(
    () => get(`${ALL}/latest`),
    (answer) => answer.body.startedAt === body.startedAt,
  );
  expect(latest.body).toEqual(body);
});

test('all accounts of a provider, once at a time; no report before their end', async () => {
  const all = '/v1/reconciliations/tulo-payway';
  await suite.temporal.client.workflow.start('reconcile', {
    workflowId: 'reconciliation.tulo-payway',
    taskQueue: 'nobody-hosts-it',
    args: [{ provider: 'tulo-payway' }],
  });
  const joined = await post(all, {});
  expect([joined.status, joined.body]).toEqual([200, { started: false, workflowId: 'reconciliation.tulo-payway' }]);
  expect((await get(`${all}/report`)).status).toBe(204);
  await suite.temporal.client.workflow.getHandle(joined.body.workflowId).terminate();
});

test('one account, once at a time; no report before its end', async () => {
  const one = `/v1/accounts/defentry/${monitored}/reconciliation`;
  await suite.temporal.client.workflow.start('reconcile', {
    workflowId: `reconciliation.defentry.${monitored}`,
    taskQueue: 'nobody-hosts-it',
    args: [{ provider: 'defentry', reference: monitored }],
  });
  const joined = await post(one, {});
  expect([joined.status, joined.body.started]).toEqual([200, false]);
  expect((await get(`${one}/report`)).status).toBe(204);
  expect((await get(`${one}/report?wait=1`)).status).toBe(204);
  await suite.temporal.client.workflow.getHandle(joined.body.workflowId).terminate();
  const ended = await get(`${one}/report`);
  expect([ended.status, ended.body.type]).toEqual([409, '/problems/onboarding-failed']);

  const started = await post(one, {});
  expect([started.status, started.body]).toEqual([
    201,
    { started: true, workflowId: `reconciliation.defentry.${monitored}` },
  ]);
  const { body } = await get(`${one}/report?wait=30`);
  expect(body).toMatchObject({ reference: monitored, outcome: 'differences', counts: { known: 1, differing: 1 } });
  expect((await get(one)).body).toMatchObject({ reference: monitored, phase: 'ended', counts: body.counts });
});

describe('the report', () => {
  test.each<[string, string, Record<string, string>, string, RegExp]>([
    ['JSON by default', '', {}, 'application/json', /^\{/],
    ['JSON where none of these is wanted', '', { accept: 'image/png' }, 'application/json', /^\{/],
    ['CSV by header', '', { accept: 'text/csv' }, 'text/csv', /^provider,reference,kind,/],
    ['CSV by query', '?format=csv', { accept: 'text/html' }, 'text/csv', /\r\ndefentry,c-[0-9a-f-]+,monitoring-off,/],
    ['a page by header', '', { accept: 'text/html,*/*;q=0.8' }, 'text/html', /^<!doctype html>/],
    ['a page by query', '?format=html', {}, 'text/html', /<svg/],
  ])('is %s', async (_, query, headers, type, text) => {
    await reported();
    const answer = await get(`${ALL}/report${query}`, headers);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
    expect(answer.text).toMatch(text);
    expect(answer.headers.get('content-security-policy')).toMatch(
      type === 'text/html' ? /^default-src 'none'; style-src 'unsafe-inline'/ : /^default-src 'none'$/,
    );
  });

  test('in a format that there is not is refused', async () => {
    const { status, body, text } = await get(`${ALL}/report?format=CANARY`);
    expect([status, body.errors]).toMatchObject([400, [{ field: 'format' }]]);
    expect(text).not.toContain('CANARY');
  });
});

test.each([
  '/v1/reconciliations/facilioo',
  '/v1/reconciliations/facilioo/report',
  '/v1/reconciliations/facilioo/latest',
  '/v1/accounts/defentry/nobody/reconciliation',
  '/v1/accounts/defentry/nobody/reconciliation/report',
])('of a comparison that is not there: %s', async (path) => {
  const { status, body } = await get(path);
  expect([status, body.type]).toEqual([404, '/problems/onboarding-not-found']);
});

test('bad input starts nothing', async () => {
  const wrong = await post('/v1/reconciliations/facilioo', { policy: { pause: 'soon' } });
  expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ field: 'policy.pause' }]]);
  expect((await post('/v1/reconciliations/acme', {})).body.errors).toMatchObject([{ field: 'provider' }]);
  expect((await get('/v1/reconciliations/facilioo')).status).toBe(404);
});
