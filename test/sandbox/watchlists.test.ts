import { closeSandboxes, dataOf, idOf, JOHN, openPartner } from './partner.ts';

afterEach(closeSandboxes);

const KINDS: [list: string, field: string, value: string, shown: string][] = [
  ['email', 'email', 'mine@example.com', 'mine@example.com'],
  ['phone', 'phone', '+46701234567', '+46701234567'],
  ['iban', 'iban', 'SE4550000000058398257466', 'SE4550000000058398257466'],
  ['passport', 'passport', 'AB1234567', 'AB1234567'],
  ['drivers-license', 'drivers_license', '900101-1234', '900101-1234'],
  ['credit-card', 'credit_card', '4111 1111 1111 1111', '************1111'],
];

const SHAPES = ['crm', 'app'] as const;
const CASES = KINDS.flatMap((kind) => SHAPES.map((shape) => [shape, ...kind] as const));

test.each(CASES)(
  '5, %s: an item of the %s watchlist is added, listed and removed',
  async (shape, list, field, value, shown) => {
    const { crm, app, sandbox } = await openPartner();
    await crm('POST', '/api/v1/account', JOHN);
    const send = shape === 'crm' ? crm : await app(JOHN.email);
    const path = shape === 'crm' ? `/api/v1/account/1/${list}-watchlist` : `/api/v1/${list}-watchlist`;
    const confirmed = shape === 'crm' || !['email', 'phone'].includes(list);

    const added = await send('POST', path, { [field]: value });
    expect(added).toMatchObject({ status: 201, body: { data: { [field]: shown, is_confirmed: confirmed } } });
    expect((await send('POST', path, { [field]: value })).status).toBe(409);
    expect((await send('POST', path, { [field]: '?' })).status).toBe(422);
    expect((await send('GET', path)).body).toMatchObject({ data: [{ [field]: shown }] });
    expect((await send('GET', `${path}/leaks`)).body).toEqual({ data: [] });
    expect((await send('DELETE', `${path}/${idOf(added)}`)).status).toBe(204);
    expect((await send('DELETE', `${path}/${idOf(added)}`)).status).toBe(404);
    expect((await send('GET', path)).body).toEqual({ data: [] });
    for (const effect of ['watchlist.added', 'watchlist.removed'] as const) {
      expect(sandbox.ledger.entries({ effect, kind: list })).toHaveLength(1);
    }
  },
);

test('5: the e-mail watchlist of a user is confirmed by a click, and the mail can be sent again', async () => {
  const { crm, app, sandbox } = await openPartner();
  await crm('POST', '/api/v1/account', JOHN);
  const john = await app(JOHN.email);
  await john('POST', '/api/v1/email-watchlist', { email: 'mine@example.com' });
  const resend = () => john('POST', '/api/v1/resend/watchlist-email-confirmation', { email: 'mine@example.com' });
  expect((await resend()).status).toBe(204);
  const [mail] = sandbox.outbox.open().filter(({ kind }) => kind === 'confirm-watchlist-item');
  sandbox.act(mail!.id);
  expect((await john('GET', '/api/v1/email-watchlist')).body).toMatchObject({ data: [{ is_confirmed: true }] });
  expect((await resend()).status).toBe(204);
  expect(sandbox.ledger.entries({ effect: 'mail.sent', kind: 'confirm-watchlist-item' })).toHaveLength(2);
});

test('a plan takes so many items, another account has its own', async () => {
  const plans = { 1: { monitoring: true, members: 1, watchlistItems: 1 } };
  const { crm } = await openPartner({ plans, watchlistDuplicates: 422, licenceWatchlist: 'driving-licence' });
  await crm('POST', '/api/v1/account', JOHN);
  await crm('POST', '/api/v1/account', { ...JOHN, email: 'x@example.com', ssn: '19800101-1111' });
  const add = (id: number, iban: string) => crm('POST', `/api/v1/account/${id}/iban-watchlist`, { iban });
  expect((await add(1, 'SE4550000000058398257466')).status).toBe(201);
  expect((await add(1, 'se45 5000 0000 0583 9825 7466')).status).toBe(422);
  expect((await add(1, 'NO9386011117947')).status).toBe(403);
  expect((await add(2, 'SE4550000000058398257466')).status).toBe(201);
  const licence = await crm('POST', '/api/v1/account/1/driving-licence-watchlist', { driving_licence: 'AB 1234' });
  expect(dataOf(licence)).toMatchObject({ driving_licence: 'AB 1234' });
});
