import {
  account,
  accountStatus,
  created,
  pendingVerification,
  sharing,
  token,
  userProduct,
} from '../../../activities/tulo-payway/schemas.ts';

/** Numbers are sections of the Tulo Payway contract. */

describe('6 an account', () => {
  test.each([
    ['3.2 under item', { item: { id: 'a', email: 'a@x.se', status: 'active', verified: true } }],
    ['3.2 bare, as on the old page', { id: 'a', email: 'a@x.se', status: 'active', verified: true }],
  ])('%s', (_, body) => {
    expect(account.parse(body)).toEqual({
      id: 'a',
      email: 'a@x.se',
      status: 'active',
      verified: 'yes',
      profile: { first_name: undefined, last_name: undefined, mobile_phone_number: undefined },
      ssnPresent: 'unknown',
      userProducts: undefined,
    });
  });

  test.each([
    [{ social_security_number: '800610-8230' }, 'yes'],
    [{ social_security_number_century: '198006108230' }, 'yes'],
    [{ social_security_number: null, social_security_number_century: '' }, 'no'],
    [{ social_security_number: '' }, 'no'],
    [{}, 'unknown'],
  ])('%j: SSN present %s', (fields, expected) => {
    expect(account.parse({ id: 'a', ...fields }).ssnPresent).toBe(expected);
  });

  test('15.8, 6 is read without its SSN, and without checking the formats of input: the examples break them', () => {
    const read = account.parse({ id: 'a', mobile_phone_number: '50460531', social_security_number: '800610-8230' });
    expect(JSON.stringify(read)).not.toContain('8230');
  });

  test('a missing flag is unknown, and so is a strange one', () => {
    expect(account.parse({ id: 'a' }).verified).toBe('unknown');
    expect(account.parse({ id: 'a', verified: 'maybe' }).verified).toBe('unknown');
  });

  test.each([[{}], [{ item: {} }], [{ id: '' }], [{ id: 7 }]])('without a usable id is refused: %j', (body) => {
    expect(account.safeParse(body).success).toBe(false);
  });
});

test.each([
  [{ item: { status: 'pending', verified: false } }, 'pending'],
  [{ item: { status: 'no_pending_request', verified: false } }, 'no_pending_request'],
  [{ item: { status: 'verified', verified: true } }, 'verified'],
  [{ item: { status: 'verified' } }, 'verified'],
])('8.1 pending verification %j', (body, expected) => {
  expect(pendingVerification.parse(body)).toBe(expected);
});

test.each([[{ item: { status: 'later' } }], [{}], [undefined]])('8.1 %j is none', (body) => {
  expect(pendingVerification.safeParse(body).success).toBe(false);
});

test('5.4 the four states, and no other', () => {
  expect(accountStatus.parse({ item: { status: 'inactive' } })).toBe('inactive');
  expect(accountStatus.safeParse({ item: { status: 'gone' } }).success).toBe(false);
});

test.each([[{ id: '5' }], [{ item: { id: '5' } }]])('3.2 the id in %j', (body) => {
  expect(created.parse(body)).toBe('5');
});

test('10 one id, three names', () => {
  const item = {
    account_id: 'r',
    product_sharing_id: 's',
    state: 'pending',
    contact_email: 'b@x.se',
    user_product_id: 'p',
  };
  expect(sharing.parse(item)).toEqual({ id: 's', accepted: false, email: 'b@x.se' });
  expect(sharing.parse({ ...item, state: 'active' }).accepted).toBe(true);
});

test.each([
  ['2024-01-15 12:00:00 UTC', Date.UTC(2024, 0, 15, 12)],
  ['2016-12-21T10:12:08+01:00', Date.UTC(2016, 11, 21, 9, 12, 8)],
  ['2020-04-23 12:16:50 +0200', Date.UTC(2020, 3, 23, 10, 16, 50)],
  ['2021-03-22T13:50:42.540Z', Date.UTC(2021, 2, 22, 13, 50, 42, 540)],
])('3.5 %s is read in its form', (valid_to, instant) => {
  expect(userProduct.parse({ id: 'p', valid_to }).validTo).toBe(instant);
});

test('3.1 a field that appeared without notice changes nothing', () => {
  const old = { id: 'a', email: 'a@x.se', status: 'active', verified: true };
  expect(account.parse({ item: { ...old, loyalty: { level: 7 } }, trace: 'x' })).toEqual(account.parse({ item: old }));
});

test('12 a subscription', () => {
  const item = { id: 'p', product_code: 'digital', state: 'activated', valid_to: '2014-01-10T22:04:22+01:00' };
  const validTo = Date.UTC(2014, 0, 10, 21, 4, 22);
  expect(userProduct.parse(item)).toEqual({ id: 'p', code: 'digital', activated: 'yes', validTo, bought: false });
  expect(userProduct.parse({ ...item, order_id: 'o', state: 'deactivated' })).toMatchObject({
    activated: 'no',
    bought: true,
  });
  for (const state of [undefined, null, 'active'])
    expect(userProduct.parse({ ...item, state }).activated).toBe('unknown');
});

test('17.3 a token answer needs the token only', () => {
  expect(token.parse({ access_token: 't', expires_in: 7200, token_type: 'bearer' }).expires_in).toBe(7200);
  expect(token.parse({ access_token: 't', expires_in: null }).expires_in).toBe(3600);
  expect(token.safeParse({ error: 'invalid_client' }).success).toBe(false);
});
