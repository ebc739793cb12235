import { Validator } from '@seriousme/openapi-schema-validator';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { singleRequest } from '../client/suite.ts';
import { openGatewaySuite, tokens, type GatewaySuite } from './suite.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
afterAll(() => suite.close());

const document = async () => (await suite.gateway.call('GET', '/docs/json', { token: null })).body;

test('the document is valid OpenAPI 3.1', async () => {
  const found = await document();
  const { valid, errors } = await new Validator().validate(found);
  expect(errors).toBeUndefined();
  expect([valid, found.openapi]).toEqual([true, '3.1.0']);
});

test('a validator that takes everything would not be one: a broken document is refused', async () => {
  const found = await document();
  found.paths['/v1/onboardings'].post.responses = 'none';
  expect(await new Validator().validate(found)).toMatchObject({ valid: false });
});

test('a client made from the document does the main job', async () => {
  const api = new OpenAPIClientAxios({
    definition: await document(),
    withServer: { url: suite.gateway.url },
    axiosConfigDefaults: { headers: { authorization: `Bearer ${tokens.all}` }, validateStatus: () => true },
  });
  const client = await api.init();
  const request = singleRequest();
  const at = { provider: 'defentry', reference: request.reference };
  const ask = async (operation: string, parameters: object | null, data?: unknown) => {
    const { status, data: body } = await client[operation]!(parameters as never, data);
    return [status, body];
  };

  expect(await ask('startOnboarding', null, request)).toMatchObject([201, { started: true }]);
  expect(await ask('readOnboarding', at)).toMatchObject([200, { status: 'running' }]);
  suite.provider.verified = true;
  expect(await ask('emailVerified', at, { eventId: 'click-1' })).toMatchObject([202, '']);
  expect(await ask('readResult', { ...at, wait: 30 })).toMatchObject([
    200,
    { outcome: 'completed', account: 'active' },
  ]);
  expect(await ask('readProgress', at)).toMatchObject([200, { outcome: 'completed' }]);
  expect(await ask('cancelOnboarding', at)).toMatchObject([409, { type: '/problems/onboarding-ended' }]);
});

test('every problem type leads to its explanation', async () => {
  const { body: all } = await suite.gateway.call('GET', '/problems', { token: null });
  expect(all.length).toBeGreaterThan(20);
  for (const problem of all) {
    expect((await suite.gateway.call('GET', problem.type, { token: null })).body).toEqual(problem);
  }
  expect((await suite.gateway.call('GET', '/problems/other', { token: null })).status).toBe(404);
});
