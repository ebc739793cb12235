import { closeSandboxes, dataOf, idOf, JANE, JOHN, openPartner, until } from './partner.ts';

afterEach(closeSandboxes);

const PAGE = { accept: 'text/html,application/xhtml+xml', 'content-type': 'application/x-www-form-urlencoded' };
const EID = { provider: 'MITID', return_url: 'https://shop.example/back' };

async function openJane() {
  const partner = await openPartner({ ssnRequired: false });
  await partner.crm('POST', '/api/v1/account', { ...JANE, external_id: 'ref-1' });
  const status = async () => dataOf(await partner.crm('GET', '/api/v1/account/1/activation-status'))['is_active'];
  return { ...partner, status };
}

/** The forms of a page as a browser would send them. */
const formsOf = (page: string) =>
  [...page.matchAll(/<form method="post" action="([^"]+)"/g)].map(([, action]) => action!);

test('the mail is in the outbox as JSON, and acting on it confirms the address', async () => {
  const { anonymous, origin, status, sandbox } = await openJane();
  expect((await anonymous('GET', '/_sandbox/outbox')).body).toEqual({
    items: [
      {
        id: '1',
        kind: 'confirm-email',
        accountId: '1',
        to: JANE.email,
        title: expect.any(String),
        actions: [{ name: 'confirm', label: 'Confirm e-mail address' }],
        state: 'open',
        action: null,
        createdAt: expect.any(String),
        closedAt: null,
        link: `${origin}/_sandbox/outbox/1`,
      },
    ],
  });
  expect(await status()).toBe(false);
  expect(await anonymous('POST', '/_sandbox/outbox/1/confirm')).toMatchObject({
    status: 200,
    body: { item: { state: 'done' } },
  });
  expect(await status()).toBe(true);
  expect(sandbox.ledger.entries({ accountId: '1' }).map(({ effect }) => effect)).toEqual([
    'account.created',
    'mail.sent',
    'email.confirmed',
    'account.activated',
  ]);
});

test('opening pages has no effect; the button on the outbox page confirms', async () => {
  const { anonymous, status } = await openJane();
  await anonymous('GET', '/_sandbox/outbox/1', undefined, PAGE);
  const { text, headers } = await anonymous('GET', '/_sandbox/', undefined, PAGE);
  expect(headers.get('content-type')).toContain('text/html');
  expect(text).toContain('<html lang="en">');
  expect(await status()).toBe(false);
  const [form] = formsOf(text);
  const posted = await anonymous('POST', form!, '', PAGE);
  expect(posted).toMatchObject({ status: 303 });
  expect(posted.headers.get('location')).toBe('/_sandbox/');
  expect(await status()).toBe(true);
  expect(formsOf((await anonymous('GET', '/_sandbox/', undefined, PAGE)).text)).toEqual([]);
});

test('the eID link opens a page with approve and cancel, and leads back to the caller', async () => {
  const { anonymous, app, crm } = await openJane();
  const jane = await app(JANE.email);
  const { redirect_url: link } = dataOf(await jane('POST', '/api/v1/eid-stand-in/sessions', EID));
  const { pathname } = new URL(String(link));
  const forms = formsOf((await anonymous('GET', pathname, undefined, PAGE)).text);
  expect(forms.map((form) => form.split('/').pop())).toEqual(['approve', 'cancel']);
  const posted = await anonymous('POST', forms[0]!, '', PAGE);
  expect(posted.status).toBe(303);
  expect(posted.headers.get('location')).toBe('https://shop.example/back?eid_id=1&status=COMPLETED');
  expect(dataOf(await crm('GET', '/api/v1/account/1'))).toMatchObject({ has_ssn: true });
});

test.each([
  ['/_sandbox/outbox/99/confirm', 404],
  ['/_sandbox/outbox/1/approve', 422],
])('POST %s is refused with %i, on a page for a browser', async (path, status) => {
  const { anonymous } = await openJane();
  expect(await anonymous('POST', path)).toMatchObject({ status, body: { message: expect.any(String) } });
  expect((await anonymous('POST', path, '', PAGE)).text).toContain('role="alert"');
});

test('names in a page are escaped', async () => {
  const { anonymous, crm } = await openJane();
  await crm('POST', '/api/v1/account', { ...JANE, email: 'x@example.com', external_id: '<script>alert(1)</script>' });
  const { text } = await anonymous('GET', '/_sandbox/', undefined, PAGE);
  expect(text).toContain('&lt;script&gt;');
  expect(text).not.toContain('<script>');
});

test('a new mail overtakes the old one; a confirmed address gets none', async () => {
  const { crm, sandbox } = await openJane();
  await crm('POST', '/api/v1/account/1/resend-confirm-email');
  expect(sandbox.outbox.items().map(({ state }) => state)).toEqual(['void', 'open']);
  sandbox.act('2');
  expect((await crm('POST', '/api/v1/account/1/resend-confirm-email')).status).toBe(204);
  expect(sandbox.outbox.items()).toHaveLength(2);
});

test('a late click confirms the address of a deactivated account without switching it on', async () => {
  const { crm, sandbox, status } = await openJane();
  await crm('POST', '/api/v1/account/1/deactivate');
  sandbox.act('1');
  expect(await status()).toBe(false);
  expect(sandbox.ledger.entries({ effect: 'email.confirmed' })).toHaveLength(1);
});

test('a deleted account leaves nothing to click', async () => {
  const { crm, sandbox } = await openJane();
  await crm('DELETE', '/api/v1/account/1');
  expect(sandbox.outbox.open()).toEqual([]);
});

test('played customers click, accept and identify themselves by themselves', async () => {
  const { crm, app, sandbox } = await openPartner({ ssnRequired: false }, { playAfterMs: 20 });
  await crm('POST', '/api/v1/account', JANE);
  await crm('POST', '/api/v1/account/1/member', { first_name: 'Kid', last_name: 'Doe', email: 'kid@example.com' });
  await crm('POST', '/api/v1/account/1/invite', { member_id: 2 });
  const jane = await app(JANE.email);
  const session = idOf(await jane('POST', '/api/v1/eid-stand-in/sessions', EID));
  await until(() => sandbox.outbox.open().length === 0);
  for (const effect of ['email.confirmed', 'invitation.accepted', 'eid.completed'] as const) {
    expect(sandbox.ledger.entries({ effect })).toHaveLength(1);
  }
  expect(dataOf(await jane('GET', `/api/v1/eid-stand-in/sessions/${session}`))).toMatchObject({ status: 'COMPLETED' });
});

test('the ledger is readable over HTTP, filtered, and carries no personal data', async () => {
  const { anonymous, crm, app, sandbox } = await openJane();
  await crm('POST', '/api/v1/account', JOHN);
  const jane = await app(JANE.email);
  await jane('POST', '/api/v1/email-watchlist', { email: 'mine@example.com' });
  for (const item of sandbox.outbox.open()) sandbox.act(item.id);
  await crm('DELETE', '/api/v1/account/1');
  const { text } = await anonymous('GET', '/_sandbox/ledger');
  for (const personal of [JOHN.ssn, '199001011234', '@', JOHN.first_name, JOHN.last_name])
    expect(text).not.toContain(personal);
  expect((await anonymous('GET', '/_sandbox/ledger?effect=account.deleted')).body).toMatchObject({
    entries: [
      {
        seq: expect.any(Number),
        at: expect.any(String),
        effect: 'account.deleted',
        accountId: '1',
        externalId: 'ref-1',
      },
    ],
  });
  expect((await anonymous('GET', '/_sandbox/health')).body).toEqual({ status: 'ok', vendor: 'Defentry' });
});
