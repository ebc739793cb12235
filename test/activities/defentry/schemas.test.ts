import {
  account,
  accountId,
  activation,
  known,
  page,
  token,
  uniqueness,
} from '../../../activities/defentry/schemas.ts';

test.each([
  [true, 'yes'],
  [1, 'yes'],
  ['1', 'yes'],
  ['true', 'yes'],
  [false, 'no'],
  [0, 'no'],
  ['0', 'no'],
  ['false', 'no'],
  [undefined, 'unknown'],
  [null, 'unknown'],
  ['maybe', 'unknown'],
  [2, 'unknown'],
])('the flag %p reads %s', (value, expected) => {
  expect(known(value)).toBe(expected);
});

describe('an account', () => {
  test.each([
    [{ has_ssn: true }, 'yes'],
    [{ has_ssn: 0 }, 'no'],
    [{ has_ssn: false, ssn: '********-1234' }, 'no'],
    [{ ssn: '********-1234' }, 'yes'],
    [{ ssn: null }, 'unknown'],
    [{ ssn: '' }, 'unknown'],
    [{}, 'unknown'],
  ])('%j: SSN present %s', (fields, expected) => {
    expect(account.parse({ id: 1, ...fields }).ssnPresent).toBe(expected);
  });

  test('has its id as text, and a missing field is unknown', () => {
    expect(account.parse({ id: 12 })).toMatchObject({ id: '12', active: 'unknown', ssnMonitoring: 'unknown' });
    expect(account.parse({ id: 'a-1', external_id: null, email: null })).toMatchObject({
      externalId: null,
      email: null,
    });
  });

  test('is read without its SSN', () => {
    expect(JSON.stringify(account.parse({ id: 1, ssn: '19900101-1234' }))).not.toContain('1990');
  });

  test.each([[{}], [{ id: null }], [{ id: '' }], [{ id: 1.5 }]])('without a usable id is refused: %j', (body) => {
    expect(account.safeParse(body).success).toBe(false);
  });

  test('with a state of invitation nobody knows has none', () => {
    expect(account.parse({ id: 1, invitation_status: 'LATER' }).invitation).toBeUndefined();
  });
});

test.each([[{ data: { id: 5 } }], [{ id: 5 }], [{ data: 5 }], [{ data: '5' }]])('the id in %j', (body) => {
  expect(accountId.parse(body)).toBe('5');
});

test.each([[{ token: 't' }], [{ data: { token: 't' } }], [{ access_token: 't' }]])('the token in %j', (body) => {
  expect(token.parse(body)).toBe('t');
});

test.each([[{}], [undefined], [{ token: '' }], ['t']])('no token in %j', (body) => {
  expect(token.safeParse(body).success).toBe(false);
});

test.each([
  [{ data: { is_unique: true } }, 'yes'],
  [{ data: { is_unique: false } }, 'no'],
  [{ is_unique: 1 }, 'yes'],
  [{ unique: '0' }, 'no'],
  [{ exists: true }, 'no'],
  [{ data: { exists: 0 } }, 'yes'],
  [{ is_taken: 'true' }, 'no'],
  [{ data: { attribute: 'email' } }, 'unknown'],
  [{}, 'unknown'],
  [undefined, 'unknown'],
  [[], 'unknown'],
])('uniqueness %j: free %s', (body, expected) => {
  expect(uniqueness.parse(body)).toBe(expected);
});

test.each([
  [{ data: { is_active: true, activation_date: '2026-06-15' } }, 'yes'],
  [{ data: { is_active: false, status: 'ACTIVE' } }, 'no'],
  [{ is_active: '1' }, 'yes'],
  [{ status: 'ACTIVE' }, 'yes'],
  [{ data: { activation_status: 'PENDING' } }, 'no'],
  [{ status: 'INACTIVE' }, 'no'],
  [{ status: 'SOMETHING' }, 'unknown'],
  [{}, 'unknown'],
])('activation status %j: active %s', (body, expected) => {
  expect(activation.parse(body)).toBe(expected);
});

test('a list is taken under data or bare', () => {
  expect(page(account).parse([{ id: 1 }]).data).toHaveLength(1);
  expect(page(account).parse({ data: [{ id: 1 }], links: { next: null } }).data).toHaveLength(1);
  expect(page(account).safeParse({ items: [] }).success).toBe(false);
});
