import type { Known } from '../../../contract/account.ts';
import {
  account,
  accountId,
  activation,
  createdId,
  known,
  member,
  page,
  showsSsn,
  token,
  uniqueness,
  withoutHyphen,
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
});

describe('9.8: that a member has accepted', () => {
  test.each<[object, Known]>([
    [{ invitation_status: 'ACCEPTED' }, 'yes'],
    [{ invitation_status: 'PENDING', is_active: true }, 'no'],
    [{ invitation_status: 'NONE' }, 'no'],
    [{ invitation_status: 'LATER' }, 'unknown'],
    [{ invitation_status: 'LATER', is_active: false }, 'no'],
    [{ accepted_at: '2026-06-12T10:00:00Z' }, 'yes'],
    [{ accepted_at: null, is_active: true }, 'no'],
    [{ status: 'active' }, 'yes'],
    [{ status: 'INVITED' }, 'no'],
    [{ status: 'DECLINED', is_active: true }, 'no'],
    [{ is_active: 1 }, 'yes'],
    [{ is_active: '0' }, 'no'],
    [{}, 'unknown'],
  ])('is read from what is shown: %j is %s', (shown, accepted) => {
    expect(member.parse({ id: 1, ...shown })).toMatchObject({ accepted });
  });
});

describe('9.3: whether an account shows this SSN', () => {
  test.each<[shown: unknown, wanted: string, said: Known]>([
    ['19900101-1234', '199001011234', 'yes'],
    ['18900101-1234', '19900101-1234', 'no'],
    ['131052-308T', '131052-308T', 'yes'],
    ['131052A308T', '131052-308T', 'unknown'],
    ['900101+1234', '900101-1234', 'unknown'],
    ['19900101-****', '19900101-1234', 'unknown'],
    [null, '19900101-1234', 'unknown'],
    [undefined, '19900101-1234', 'unknown'],
  ])('%j for %j: %s', (ssn, wanted, said) => {
    expect(showsSsn(wanted).parse({ data: { id: 1, ssn } })).toBe(said);
  });

  test('and in which forms it is looked up: without the hyphen only where the century stays told', () => {
    const forms = ['19900101-1234', '900101-1234', '131052-308T'].map(withoutHyphen);
    expect(forms).toEqual(['199001011234', '900101-1234', '131052-308T']);
  });
});

test.each([[undefined], [{}], [{ data: {} }], [{ result: 1 }], ['text']])('9.8: a creation may answer %j', (body) => {
  expect(createdId.parse(body)).toBeUndefined();
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
