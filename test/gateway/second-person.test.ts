import { SCOPES } from '../../contract/scopes.ts';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { cancelled, singleRequest } from '../client/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { openGatewaySuite, type GatewaySuite } from './suite.ts';

const [ada, bo] = [makeToken(), makeToken()];
const GATEWAY_TOKENS = [settingOf('ada', SCOPES, ada), settingOf('bo', SCOPES, bo)].join(',');

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite({ env: { GATEWAY_TOKENS, ONBOARDING_FOUR_EYES_ABOVE: '0' } });
});
afterAll(() => suite.close());

test('another caller confirms by the id; another name of the same caller does not', async () => {
  suite.provider.failForever('createAccount', permanent('Conflict'));
  const { reference } = singleRequest();
  await suite.onboardings.start(singleRequest({ reference }));
  const asked = { filter: { reference }, action: 'abort', reason: 'gone' };
  const resolve = (more: object, token: string) =>
    suite.gateway.call('POST', '/v1/attention/resolve', { body: { ...asked, ...more }, token });
  await eventually(
    () => resolve({}, ada),
    ({ body }) => body.results.length === 1,
  );
  const first = await resolve({ dryRun: false }, ada);
  expect([first.status, first.body]).toMatchObject([409, { type: '/problems/confirmation-needed' }]);
  const { confirm } = first.body;
  expect((await resolve({ dryRun: false, confirm, by: 'bo' }, ada)).status).toBe(400);
  const second = await resolve({ dryRun: false, confirm }, bo);
  expect([second.status, second.body.results]).toMatchObject([207, [{ result: 'decided' }]]);
  const { body } = await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}/decisions`, { token: ada });
  expect(JSON.stringify(body)).toContain('ada, confirmed by bo');
  await cancelled(suite.onboardings, reference).catch(() => undefined); // The decision has ended it.
  suite.provider.failForever('createAccount', undefined);
});
