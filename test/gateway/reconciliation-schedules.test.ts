import { startOwnServer, type OwnServer } from '../setup/own-server.ts';
import { eventually } from '../workflows/suite.ts';
import { openGatewaySuite, tokens, type GatewaySuite } from './suite.ts';

const SCHEDULE = '/v1/reconciliations/defentry/schedule';

// Of its own: there is one schedule of a provider.
let server: OwnServer;
let suite: GatewaySuite;
beforeAll(async () => {
  server = await startOwnServer({});
  suite = await openGatewaySuite({ at: server.address });
});
afterAll(async () => {
  await suite.close();
  await server.stop();
});

const ask = async (method: string, act = '', body?: unknown) => {
  const token = method === 'GET' ? tokens.read : tokens.operate;
  const answer = await suite.gateway.call(method, SCHEDULE + act, { body, token });
  return [answer.status, answer.body] as const;
};
const plan = (every: string) => ({ every, policy: { pause: 'PT0.01S' } });
const HOUR = 3_600_000;

test('is set, changed, paused, resumed, run now and deleted', async () => {
  expect(await ask('PUT', '', plan('P1D'))).toEqual([201, { created: true }]);
  const [, set] = await ask('GET');
  expect(set).toMatchObject({ provider: 'defentry', every: 24 * HOUR, paused: false, recent: [] });
  expect(Date.parse(set.next)).toBeGreaterThan(Date.now());

  expect(await ask('POST', '/pause')).toEqual([204, undefined]);
  // Changed, it stays paused.
  expect(await ask('PUT', '', plan('P7D'))).toEqual([200, { created: false }]);
  const [, paused] = await ask('GET');
  expect(paused).toEqual({ provider: 'defentry', every: 7 * 24 * HOUR, paused: true, recent: [] });
  expect(await ask('POST', '/resume')).toEqual([204, undefined]);
  expect((await ask('GET'))[1]).toMatchObject({ paused: false, next: expect.any(String) });

  expect(await ask('POST', '/trigger')).toEqual([202, undefined]);
  const [, { recent }] = await eventually(
    () => ask('GET'),
    ([, schedule]) => schedule.recent.length === 1,
  );
  const run = suite.temporal.client.workflow.getHandle(recent[0].workflowId);
  expect(await run.result()).toMatchObject({ provider: 'defentry', outcome: 'agreed' });

  expect(await ask('DELETE')).toEqual([204, undefined]);
  expect((await ask('GET'))[0]).toBe(404);
});

test.each([
  ['GET', ''],
  ['DELETE', ''],
  ['POST', '/pause'],
  ['POST', '/resume'],
  ['POST', '/trigger'],
])('where there is none: %s %s', async (method, act) => {
  const [status, body] = await ask(method, act);
  expect([status, body.type]).toEqual([404, '/problems/onboarding-not-found']);
});

test.each<[string, object, string, unknown]>([
  ['too often', { every: 'PT1M' }, 'every', 'must be at least PT15M; choose a longer one.'],
  ['never', {}, 'every', 'is missing; add it.'],
  ['without a rest', { every: 'P1D', policy: { pause: 'CANARY' } }, 'policy.pause', expect.any(String)],
  ['of another provider', { every: 'P1D', provider: 'facilioo' }, 'provider', expect.any(String)],
])('%s is refused, and nothing is set', async (_, body, field, message) => {
  const [status, refused] = await ask('PUT', '', body);
  expect([status, refused.errors]).toEqual([400, [{ field, message }]]);
  expect(JSON.stringify(refused)).not.toContain('CANARY');
  expect((await ask('GET'))[0]).toBe(404);
});
