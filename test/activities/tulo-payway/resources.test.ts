import { createClient } from '../../../activities/tulo-payway/client.ts';
import type { TuloPaywayClient } from '../../../activities/tulo-payway/client.ts';
import { UNSET } from '../../../activities/tulo-payway/resources/documented.ts';
import type { PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import { closeDesks, openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { configFor } from './settings.ts';

/** The client's methods against the sandbox, which was written from the contract alone. Numbers are sections of it. */

afterEach(closeDesks);

const SCOPES = ['account/r', 'account/w', 'account/archive/w', 'userproduct/w', 'identity_mapping/w'];
const ENV = { TULO_PAYWAY_SCOPES: SCOPES.map((scope) => `/external/${scope}`).join(' ') };
const NEW = { email: 'anna@example.com', password: 'Chosen-1' };
const TERM = { valid_from: '2016-10-02 13:00 +0100', valid_to: '2099-10-02 13:00 +0100' };
const SSN = '620817-9256';

async function open(options: PaywayOptionsInput = {}): Promise<TuloPaywayClient & { desk: Desk; id: string }> {
  const desk = await openDesk(options);
  const client = createClient(configFor(desk.url, ENV));
  return { ...client, desk, id: await client.accounts.create(NEW) };
}

test('5.1 everything that a creation can hold is taken', async () => {
  const { accounts } = await open();
  const names = { first_name: 'Bo', last_name: 'Berg' };
  const id = await accounts.create({
    ...names,
    email: 'bo@example.com',
    password: NEW.password,
    mobile_phone_number: '+46701234567',
    social_security_number: '196208179256',
    birth_date: '1962-08-17',
    company_name: 'Berg AB',
    company_registration_number: '556468-3984',
    account_origin: 'ADEPRIMO',
    external_ids: { 'External key 1': 'r1' },
    created_from_source: 'Our application',
    address: { ...names, street: 'Gatan', zip_code: '27567', city: 'Vollsjö', country_code: 'SE', drop_box: '1' },
    tags: ['a'],
    require_verification: true,
  });
  expect(await accounts.get({ social_security_number: SSN })).toMatchObject({ id, verified: 'no', ssnPresent: 'yes' });
});

test('5.2 an account is found by each of its names', async () => {
  const { accounts, id } = await open();
  await accounts.update(id, { alias: 'anna', social_security_number: SSN });
  await accounts.mapIdentity(id, 'own key', 'r1');
  const found = await Promise.all([
    accounts.get({ id }),
    accounts.get({ email: 'anna@example.com' }),
    accounts.get({ alias: 'anna' }),
    accounts.get({ social_security_number: SSN }),
    accounts.get({ tulo_customer_number: '00001' }),
    accounts.get({ external_id_key: 'own key', external_id_value: 'r1' }),
  ]);
  expect(found.map((account) => account.id)).toEqual(Array.from({ length: 6 }, () => id));
});

test('3.3, 5.3 the alias is cleared by its symbol, and only the fields sent are changed', async () => {
  const { accounts, id } = await open();
  await accounts.update(id, { alias: 'anna', email: 'new@example.com' });
  await accounts.update(id, { alias: UNSET });
  await expect(accounts.get({ alias: 'anna' })).rejects.toMatchObject({ code: 'NotFound', fields: ['account'] });
  expect(await accounts.get({ id })).toMatchObject({ email: 'new@example.com', status: 'active' });
});

test('3.6, 5.4 an address with a plus sign arrives as one', async () => {
  const { accounts } = await open();
  await accounts.create({ ...NEW, email: 'anna+bank@example.com' });
  expect(await accounts.status({ email: 'anna+bank@example.com' })).toBe('active');
});

test.each([409, 400] as const)(
  '17.2, 4.1 a taken address is told by the name that was sent (%i)',
  async (duplicates) => {
    const { accounts } = await open({ duplicates });
    const code = duplicates === 409 ? 'Conflict' : 'Invalid';
    await expect(accounts.create(NEW)).rejects.toMatchObject({ code, fields: ['email'] });
  },
);

test.each([200, 201] as const)('5.7 a known customer is found and activated (%i)', async (candidateActivated) => {
  const customer = { customer_number: 'A-1', social_security_number: '800610-8230', zip_code: '27567' };
  const { accounts } = await open({ candidates: [customer], candidateActivated });
  const found = await accounts.candidate({ social_security_number: '800610-8230', zip_code: '27567' });
  expect(found.customer_number).toBe('A-1');
  const { account_candidate_id } = found;
  const activation = { account_candidate_id, email: 'bo@example.com', password: NEW.password, customer_number: 'A-1' };
  await accounts.activateCandidate(activation);
  expect(await accounts.get({ customer_number: 'A-1' })).toMatchObject({ email: 'bo@example.com', status: 'active' });
  await expect(accounts.candidate({ customer_number: 'A-1' })).rejects.toMatchObject({ code: 'Conflict' });
});

test('7.4 an address is looked up by 12 digits; 403 is a feature that is off, not a login that failed', async () => {
  const { accounts } = await open({ registry: { 196208179256: { street: 'Gatan', city: 'Vollsjö' } } });
  expect(await accounts.lookupAddress('196208179256')).toEqual({ street: 'Gatan', city: 'Vollsjö' });
  await expect(accounts.lookupAddress('198006108230')).rejects.toMatchObject({ code: 'NotFound' });
  const off = await open({ registry: null });
  await expect(off.accounts.lookupAddress('196208179256')).rejects.toMatchObject({ code: 'Forbidden' });
});

test('9.1 a code without a mail sets a password once, and a mail leads to the caller’s own page', async () => {
  const { passwords, desk, id } = await open();
  const { account_id, confirmation_code } = await passwords.createReset(NEW.email);
  expect(account_id).toBe(id);
  expect(await passwords.completeReset(id, confirmation_code, 'Chosen-2')).toBe(id);
  const again = passwords.completeReset(id, confirmation_code, 'Chosen-3');
  await expect(again).rejects.toMatchObject({ code: 'Conflict', vendorCode: 'INVALID_CONFIRMATION_CODE' });
  await passwords.requestReset(NEW.email, { device_info: { ip_address: '::1', user_agent: 'x' } });
  await passwords.requestCustomReset(NEW.email, 'https://bank.example/password', 'https://bank.example');
  expect(desk.sandbox.outbox.open().filter(({ kind }) => kind === 'reset-password')).toHaveLength(1);
  await expect(passwords.createReset('nobody@example.com')).rejects.toMatchObject({
    code: 'NotFound',
    fields: ['email'],
  });
});

test('10, 12 a subscription is given, shared, accepted, taken back and ended', async () => {
  const { accounts, sharing, userProducts, desk, id } = await open();
  const receiver = await accounts.create({ ...NEW, email: 'bo@example.com' });
  const product = { account_id: id, package_code: 'digital', subscription_type: 'recurring', ...TERM } as const;
  const productId = await userProducts.provision(product);
  expect(await userProducts.list(id)).toMatchObject([{ id: productId, code: 'digital', activated: 'yes' }]);
  const [shared] = await sharing.share(id, productId, ['bo@example.com']);
  expect(await sharing.pending(receiver)).toMatchObject([{ package_sharing_id: shared?.sharing_id }]);
  desk.act('invitation', 'accept');
  expect(await sharing.shared(id, productId)).toMatchObject([{ id: shared?.sharing_id, accepted: true }]);
  expect(await accounts.activeProducts(receiver)).toEqual(['digital']);
  await sharing.remove(receiver, String(shared?.sharing_id));
  expect(await accounts.activeProducts(receiver)).toEqual([]);
  await expect(accounts.archive(id)).rejects.toMatchObject({ vendorCode: 'ARCHIVE_ACCOUNT_WITH_ACTIVE_PRODUCTS' });
  await userProducts.update(id, productId, { state: 'deactivated' });
  await accounts.archive(id);
  expect(await accounts.status({ id })).toBe('archived');
});
