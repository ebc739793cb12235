import { singleRequest } from '../client/suite.ts';
import { openGatewaySuite, startGateway, tokens, type GatewaySuite } from './suite.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
beforeEach(() => void suite.gateway.log.splice(0));
afterAll(() => suite.close());

const FIELDS = [
  'level',
  'time',
  'pid',
  'hostname',
  'msg',
  'id',
  'method',
  'route',
  'status',
  'ms',
  'caller',
  'problem',
  'at',
];

test('one line per request: the pattern of the route and who called, nothing that was sent', async () => {
  const { gateway } = suite;
  const person = { firstName: 'CANARY', lastName: 'CANARY', email: 'canary@example.com', ssn: '19121212-CANARY' };
  const request = { ...singleRequest(), person };
  const answers = [
    await gateway.call('POST', '/v1/onboardings?CANARY=1', { body: request }),
    await gateway.call('GET', `/v1/onboardings/defentry/${request.reference}`, { token: tokens.read }),
    await gateway.call('POST', '/v1/onboardings', { body: { ...request, CANARY: 1 } }),
    await gateway.call('GET', '/v1/onboardings/defentry/canary@example.com', { headers: { 'user-agent': 'CANARY' } }),
    await gateway.call('GET', '/CANARY', { token: 'CANARY' }),
    await gateway.call('GET', '/v1/providers', { token: 'CANARY' }),
  ];
  expect(gateway.lines()).toMatchObject([
    { method: 'POST', route: '/v1/onboardings', status: 201, caller: 'caller-all' },
    { method: 'GET', route: '/v1/onboardings/:provider/:reference', status: 200, caller: 'caller-read' },
    { method: 'POST', route: '/v1/onboardings', status: 400, problem: 'RequestInvalid' },
    { method: 'GET', route: '/v1/onboardings/:provider/:reference', status: 400, problem: 'RequestInvalid' },
    { method: 'GET', route: 'none', status: 404, problem: 'not-found' },
    { method: 'GET', route: '/v1/providers', status: 401, problem: 'unauthorized' },
  ]);
  for (const line of gateway.lines()) expect(FIELDS).toEqual(expect.arrayContaining(Object.keys(line)));
  expect(gateway.lines().map(({ id }) => id)).toEqual(answers.map(({ headers }) => headers.get('x-request-id')));
  expect(gateway.log.join()).not.toMatch(/canary/i);
});

test('an error of the gateway is told by its place, and to the caller by the id of the request alone', async () => {
  const broken = await startGateway({
    env: { TEMPORAL_ADDRESS: '127.0.0.1:9' },
    prepare: (app) =>
      void app.addHook('onRoute', (route) => {
        if (route.url !== '/problems' || route.method !== 'GET') return;
        route.handler = () => {
          throw new RangeError('CANARY 19121212-1212');
        };
      }),
  });
  const { status, body, text, headers } = await broken.call('GET', '/problems');
  expect([status, body]).toEqual([
    500,
    {
      type: '/problems/internal',
      title: 'An error of the gateway',
      status: 500,
      detail: 'Its log has the reason, under the id that "instance" names.',
      instance: `urn:uuid:${headers.get('x-request-id')}`,
    },
  ]);
  const line = broken.lines().find((each) => each['status'] === 500)!;
  expect(line).toMatchObject({
    level: 50,
    problem: 'RangeError',
    at: expect.arrayContaining([expect.stringMatching(/log\.test/)]),
  });
  expect(broken.log.join() + text).not.toMatch(/CANARY|19121212/);
  await broken.close();
});

test('metrics count by route, method and status, and have nothing that was sent in a label', async () => {
  const { gateway } = suite;
  await gateway.call('GET', '/v1/onboardings/defentry/CANARY-1?CANARY=2');
  await gateway.call('GET', '/CANARY', { token: null });
  const { text, headers } = await gateway.call('GET', '/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain/);
  expect(text).toMatch(/gateway_requests_total\{method="GET",route="none",status="404"\} \d/);
  expect(text).toMatch(
    /gateway_requests_total\{method="GET",route="\/v1\/onboardings\/:provider\/:reference",status="400"\} \d/,
  );
  expect(text).toMatch(/gateway_request_duration_seconds_count\{method="GET",route="none"\} \d/);
  expect(text).toContain('process_cpu_seconds_total');
  expect(text).not.toContain('CANARY');
});
