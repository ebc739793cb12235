import { closeSandboxes, JOHN, openPartner } from './partner.ts';

afterEach(closeSandboxes);

async function openAlarmed() {
  const partner = await openPartner();
  await partner.crm('POST', '/api/v1/account', JOHN);
  await partner.crm('POST', '/api/v1/account', { ...JOHN, email: 'x@example.com', ssn: '19800101-1111' });
  partner.sandbox.raiseAlarm('1', 'email');
  partner.sandbox.raiseAlarm('2', 'phone');
  return { ...partner, john: await partner.app(JOHN.email) };
}

const BOTH = [{ id: 1 }, { id: 2 }];
const OWN = [{ id: 1, account_id: 1, status: 'OPEN', type: 'email', created_at: expect.any(String) }];
const COUNT = { open: 1, closed: 0 };

test.each([
  ['crm', '/api/v1/account/1/alarms', OWN],
  ['crm', '/api/v1/account/1/alarms/statistic', COUNT],
  ['crm', '/api/v1/account/1/alarms/1', OWN[0]],
  ['crm', '/api/v1/alarms', BOTH],
  ['crm', '/api/v1/alarms-list', BOTH],
  ['crm', '/api/v1/alarms/statistic', { open: 2, closed: 0 }],
  ['crm', '/api/v1/alarms/email-list', OWN],
  ['crm', '/api/v1/alarms/phone-list', [{ id: 2 }]],
  ['crm', '/api/v1/alarms/credit-card-list', []],
  ['crm', '/api/v1/alarms/company-list', []],
  ['crm', '/api/v1/alarms/accounts/by-period', [1, 2]],
  ['crm', '/api/v1/alarms/accounts/by-period?from=9000-01-01', []],
  ['crm', '/api/v2/alarms/company/1', OWN],
  ['john', '/api/v1/alarms', OWN],
  ['john', '/api/v2/alarms', OWN],
  ['john', '/api/v1/alarms/1', OWN[0]],
] as const)('%s reads %s', async (who, path, data) => {
  const partner = await openAlarmed();
  expect(await partner[who]('GET', path)).toMatchObject({ status: 200, body: { data } });
});

test('6: closing is a GET with an effect, once', async () => {
  const { crm, john, sandbox } = await openAlarmed();
  for (const send of [crm, crm]) {
    expect((await send('GET', '/api/v1/account/1/alarms/1/close')).body).toMatchObject({ data: { status: 'CLOSED' } });
  }
  expect((await john('GET', '/api/v1/alarms/1/close')).status).toBe(200);
  expect(sandbox.ledger.entries({ effect: 'alarm.closed' })).toMatchObject([{ accountId: '1', itemId: '1' }]);
});

test.each([
  ['crm', 'GET', '/api/v1/account/1/alarms/2', 404],
  ['john', 'GET', '/api/v1/alarms/2', 404],
  ['john', 'GET', '/api/v1/alarms-list', 403],
  ['crm', 'GET', '/api/v2/alarms', 403],
  ['crm', 'GET', '/api/v1/account/1/alarms/1/coachme', 204],
  ['john', 'POST', '/api/v1/alarms/leak/coachme', 204],
] as const)('%s %s %s answers %i', async (who, method, path, status) => {
  const partner = await openAlarmed();
  expect((await partner[who](method, path)).status).toBe(status);
});
