import { until } from '../partner.ts';
import {
  closeIntegrators,
  codeIn,
  COMPLETE,
  created,
  effectsOn,
  openIntegrator,
  provisioned,
  type Integrator,
} from './integrator.ts';

afterEach(closeIntegrators);

const itemId = ({ sandbox }: Integrator, kind: string) =>
  sandbox.outbox.open().findLast((item) => item.kind === kind)?.id ?? 'none';

test("8.1: the mail's button verifies as the code does", async () => {
  const integrator = await openIntegrator();
  const id = await created(integrator.api, { require_verification: true });
  integrator.sandbox.act(itemId(integrator, 'verify-email'));
  expect(effectsOn(integrator.sandbox, id)).toContain('email.confirmed');
});

test("8.2: with a verification_url the mail's link leads to the partner's page, with account and code", async () => {
  const integrator = await openIntegrator();
  const { api, sandbox } = integrator;
  const id = await created(api, { require_verification: true });
  const verification_url = 'https://partner.example/verify?lang=sv';
  const got = await api('POST', '/v1/accounts/create_verification_request', { account_id: id, verification_url });
  expect(got).toMatchObject({ status: 201, body: { status: 'pending' } });
  const { redirect } = sandbox.act(itemId(integrator, 'verify-email'), 'open');
  expect(redirect).toBe(
    `https://partner.example/verify?lang=sv&id=${id}&confirmation_code=${codeIn(sandbox, 'verify-email')}`,
  );
  expect(effectsOn(sandbox, id)).not.toContain('email.confirmed');
});

test('9.1: a person chooses a password by the mail of request_password_reset', async () => {
  const integrator = await openIntegrator();
  const { api, sandbox } = integrator;
  const id = await created(api);
  const ask = { email: 'test@example.com', device_info: { ip_address: '::1', user_agent: 'x' } };
  expect(await api('POST', '/v1/accounts/request_password_reset', ask)).toMatchObject({ status: 204, text: '' });
  sandbox.act(itemId(integrator, 'reset-password'));
  expect(effectsOn(sandbox, id).slice(-2)).toEqual(['mail.sent reset-password', 'password.set']);
});

test("9.1: the custom mail leads to the partner's page", async () => {
  const integrator = await openIntegrator();
  const id = await created(integrator.api);
  const got = await integrator.api('POST', '/v1/accounts/custom_request_password_reset', {
    email: 'test@example.com',
    reset_password_url: 'https://partner.example/reset',
    return_url: 'https://partner.example/home',
  });
  expect(got).toMatchObject({ status: 200, body: {} });
  const code = codeIn(integrator.sandbox, 'reset-password');
  expect(integrator.sandbox.act(itemId(integrator, 'reset-password'), 'open').redirect).toBe(
    `https://partner.example/reset?id=${id}&confirmation_code=${code}&return_url=https%3A%2F%2Fpartner.example%2Fhome`,
  );
});

test('10: whoever has no account makes one to accept an invitation', async () => {
  const integrator = await openIntegrator();
  const { api, sandbox } = integrator;
  const id = await created(api);
  const user_product_id = await provisioned(api, id);
  const contact_emails = ['friend@example.com'];
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails });
  expect((await api('GET', '/v1/accounts/status?email=friend%40example.com')).status).toBe(404);
  sandbox.act(itemId(integrator, 'invitation'));
  expect((await api('GET', '/v1/accounts/status?email=friend%40example.com')).status).toBe(200);
  expect(sandbox.ledger.entries({ ownerId: id }).map(({ effect }) => effect)).toEqual([
    'member.added',
    'invitation.sent',
    'invitation.accepted',
  ]);
});

test('customers can be played', async () => {
  const { api, sandbox } = await openIntegrator({}, { playAfterMs: 10 });
  const id = await created(api, { require_verification: true });
  const user_product_id = await provisioned(api, id);
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails: ['friend@example.com'] });
  await api('POST', '/v1/accounts/request_password_reset', { email: 'test@example.com' });
  await until(() => sandbox.outbox.open().length === 0);
  const effects = sandbox.ledger.entries().map(({ effect }) => effect);
  expect(effects).toEqual(expect.arrayContaining(['email.confirmed', 'invitation.accepted', 'password.set']));
});

test('the pages show mails with buttons, and a code where there is one', async () => {
  const { api, sandbox, origin } = await openIntegrator();
  await created(api, { require_verification: true });
  const headers = { accept: 'text/html' };
  const outbox = await (await fetch(`${origin}/_sandbox/`, { headers })).text();
  expect(outbox).toContain('Tulo Payway sandbox');
  expect(outbox).toContain('Confirm e-mail address</button>');
  const mail = await (await fetch(`${origin}/_sandbox/outbox/1`, { headers })).text();
  expect(mail).toContain(codeIn(sandbox, 'verify-email'));
});

test('the ledger tells ids alone: no address, name, SSN, password or code', async () => {
  const integrator = await openIntegrator();
  const { api, sandbox } = integrator;
  const id = await created(api, COMPLETE);
  const user_product_id = await provisioned(api, id);
  await api('POST', '/v1/accounts/share_subscription', { id, user_product_id, contact_emails: ['friend@example.com'] });
  await api('POST', '/v1/accounts/request_password_reset', { email: COMPLETE.email });
  for (const { id: item } of sandbox.outbox.open()) sandbox.act(item);
  const told = JSON.stringify(sandbox.ledger.entries());
  const secrets = [COMPLETE.email, 'friend@', COMPLETE.password, 'Ove', '620817', '0701234567', 'Vollsj'];
  const codes = sandbox.outbox.items().flatMap(({ code }) => code ?? []);
  expect(codes).toHaveLength(2);
  expect([...secrets, ...codes].filter((secret) => told.includes(secret))).toEqual([]);
});

describe('9.2: where a changed address waits for its code', () => {
  async function changing() {
    const integrator = await openIntegrator({ changedEmail: 'replaces-when-confirmed' });
    const { api, sandbox } = integrator;
    const id = await created(api);
    await api('PUT', '/v2/accounts', { id, email: 'new@example.com' });
    const confirm = (confirmation_code: string) =>
      api('PUT', '/v1/accounts/verify_email_change', { account_id: id, confirmation_code });
    const email = async () => (await api('GET', `/v1/accounts?id=${id}`)).body;
    return { ...integrator, id, sandbox, confirm, email };
  }

  test('the old one is shown until the code comes back, which counts once', async () => {
    const { id, sandbox, confirm, email } = await changing();
    expect(await email()).toMatchObject({ item: { email: 'test@example.com', verified: true } });
    expect(await confirm('another')).toMatchObject({ status: 409, body: { code: 'invalid_confirmation_code' } });
    const code = codeIn(sandbox, 'change-email');
    expect(await confirm(code)).toMatchObject({ status: 200, body: { id } });
    expect(await email()).toMatchObject({ item: { email: 'new@example.com', verified: true } });
    expect((await confirm(code)).status).toBe(409);
    expect(sandbox.ledger.entries({ effect: 'email.changed' })).toHaveLength(1);
  });

  test('the link in the mail to the new address does the same', async () => {
    const integrator = await changing();
    integrator.sandbox.act(itemId(integrator, 'change-email'));
    expect(await integrator.email()).toMatchObject({ item: { email: 'new@example.com' } });
  });

  test('an address that somebody took meanwhile is refused', async () => {
    const { api, sandbox, confirm } = await changing();
    await created(api, { email: 'new@example.com' });
    expect((await confirm(codeIn(sandbox, 'change-email'))).status).toBe(409);
  });
});
