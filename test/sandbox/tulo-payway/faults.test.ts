import type { FaultInput } from '../../../sandbox/core/fault.ts';
import { closeIntegrators, created, MINIMAL, openIntegrator } from './integrator.ts';

afterEach(closeIntegrators);

const CREATE = 'POST /external/api/v2/accounts';
const DROP: FaultInput = { kind: 'drop', when: 'after', route: CREATE };

test('15.4, 17.13: a creation whose answer was lost has happened once, and is found by its external id', async () => {
  const { api, sandbox } = await openIntegrator();
  sandbox.faults.add(DROP);
  const fields = { ...MINIMAL, external_ids: { ref: 'run-1' } };
  await expect(api('POST', '/v2/accounts', fields)).rejects.toThrow('fetch failed');
  expect((await api('GET', '/v1/accounts?external_id_key=ref&external_id_value=run-1')).status).toBe(200);
  expect((await api('POST', '/v2/accounts', fields)).status).toBe(409);
  expect(sandbox.ledger.entries({ effect: 'account.created', externalId: 'run-1' })).toHaveLength(1);
});

test.each<[FaultInput, number, unknown]>([
  [
    { kind: 'server-error' },
    500,
    expect.objectContaining({ code: 'internal_server_error', message: expect.any(String) }),
  ],
  [{ kind: 'throttle', seconds: 7 }, 429, expect.objectContaining({ code: 'too_many_requests' })],
  [{ kind: 'html-503' }, 503, undefined],
  [{ kind: 'truncated-json' }, 200, undefined],
  [{ kind: 'schema-drift' }, 200, { result: { unexpected: true } }],
  [{ kind: 'expire-token' }, 401, expect.objectContaining({ code: 'unauthorized' })],
])('4.2, 17.12: the fault %j answers %i', async (fault, status, body) => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  sandbox.faults.add({ ...fault, route: 'GET /external/api/v1/accounts' });
  const got = await api('GET', `/v1/accounts?id=${id}`);
  expect(got.status).toBe(status);
  expect(got.body).toEqual(body);
});

test('16: the older format is an account without `item`', async () => {
  const { api, sandbox } = await openIntegrator();
  const id = await created(api);
  sandbox.faults.add({ kind: 'legacy-body', route: 'GET /external/api/v1/accounts' });
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ id, status: 'active' });
});

test('17.12: a throttled call says for how long, in seconds', async () => {
  const { api, sandbox } = await openIntegrator();
  sandbox.faults.add({ kind: 'throttle', seconds: 7, route: CREATE });
  expect((await api('POST', '/v2/accounts', MINIMAL)).headers.get('retry-after')).toBe('7');
  expect(sandbox.ledger.entries()).toEqual([]);
});
