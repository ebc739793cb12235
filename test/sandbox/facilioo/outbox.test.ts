import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../partner.ts';
import { closeSandboxes, ERIKA, MAX, openManager } from './manager.ts';

afterEach(closeSandboxes);

const CREATE = '/api/accounts';

test('the holder of a new account gets one mail; pressing its button activates, and no route tells (sections 5 and 10)', async () => {
  const { send, anonymous, sandbox } = await openManager();
  const before = (await send('POST', CREATE, ERIKA)).body;
  expect((await anonymous('GET', '/_sandbox/outbox')).body).toMatchObject({
    items: [
      {
        kind: 'activate',
        accountId: '9001',
        to: ERIKA.email,
        actions: [{ name: 'activate', label: 'Activate in the web app' }],
        state: 'open',
      },
    ],
  });
  expect((await anonymous('POST', '/_sandbox/outbox/1/activate')).body).toMatchObject({ item: { state: 'done' } });
  const { lastModified: _, ...same } = before as { lastModified: string };
  expect((await send('GET', '/api/accounts/9001')).body).toMatchObject(same);
  expect(sandbox.ledger.entries().map(({ effect }) => effect)).toEqual([
    'account.created',
    'mail.sent',
    'account.activated',
  ]);
});

test('the mail can be switched off (section 10)', async () => {
  const { send, sandbox } = await openManager({ invitationMail: false });
  await send('POST', CREATE, ERIKA);
  expect(sandbox.outbox.items()).toEqual([]);
  expect(sandbox.ledger.entries({ effect: 'mail.sent' })).toEqual([]);
});

test('played customers activate by themselves', async () => {
  const { send, sandbox } = await openManager({}, { playAfterMs: 20 });
  await send('POST', CREATE, ERIKA);
  await send('POST', CREATE, MAX);
  await until(() => sandbox.outbox.open().length === 0);
  expect(sandbox.ledger.entries({ effect: 'account.activated' })).toHaveLength(2);
});

test('the ledger carries external ids and no personal data', async () => {
  const { send, anonymous, sandbox } = await openManager();
  await send('POST', CREATE, ERIKA);
  await send('PATCH', '/api/accounts/9001', { email: 'new@example.com' });
  sandbox.act('1');
  const party = { accountRole: 7, primaryName: ERIKA.firstName, secondaryName: ERIKA.lastName };
  const preferences = { contactByEmail: true, contactByPush: true, contactByMail: true };
  await send('POST', '/api/parties', { ...party, ...preferences });
  await send('DELETE', '/api/accounts/9001');
  const { text } = await anonymous('GET', `/_sandbox/ledger?externalId=${ERIKA.externalId}`);
  const effects = ['account.created', 'mail.sent', 'account.updated', 'account.activated', 'account.deleted'];
  expect(JSON.parse(text)).toMatchObject({ entries: effects.map((effect) => ({ effect, accountId: '9001' })) });
  const whole = (await anonymous('GET', '/_sandbox/ledger')).text;
  expect(whole).toContain('party.created');
  for (const personal of ['@', ERIKA.firstName, ERIKA.lastName]) expect(whole).not.toContain(personal);
});

test('state survives a restart, and logins are not made anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
  try {
    const data = join(folder, 'facilioo.db');
    const first = await openManager({}, { data });
    await first.send('POST', CREATE, ERIKA);
    await first.send('PATCH', '/api/accounts/1', { theme: 0 });
    await closeSandboxes();
    const { send, sandbox } = await openManager({}, { data });
    expect((await send('GET', '/api/accounts/9001')).body).toMatchObject(ERIKA);
    expect((await send('GET', '/api/accounts/myself')).body).toMatchObject({ id: 1, theme: 0 });
    expect((await send('POST', CREATE, MAX)).body).toMatchObject({ id: 9002 });
    sandbox.act('1');
    expect(sandbox.ledger.entries({ effect: 'account.activated' })).toMatchObject([{ accountId: '9001' }]);
  } finally {
    await closeSandboxes();
    await rm(folder, { recursive: true });
  }
});
