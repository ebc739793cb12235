import { accountBody, subscriptionBody } from '../../../activities/tulo-payway/body.ts';
import { activation, changes, creation } from '../../../activities/tulo-payway/resources/bodies.ts';
import type { NewAccount } from '../../../activities/tulo-payway/resources/bodies.ts';
import { UNSET } from '../../../activities/tulo-payway/resources/documented.ts';
import { SSN, requestFor } from './desk.ts';

const NAMING = { externalIdKey: 'own', accountOrigin: undefined, requireVerification: true };

describe('5.1, 15.3 the creation', () => {
  test('has the documented fields in the vendor’s forms, and nothing that was not given', () => {
    const person = { ssn: SSN, phone: '+358401234567', countryCode: 'FI', languageCode: 'fi' };
    const { password, ...body } = accountBody(requestFor(person), 'ref-1', NAMING);
    expect(body).toEqual({
      email: 'anna@example.com',
      first_name: 'Anna',
      last_name: 'Berg',
      mobile_phone_number: '0401234567',
      social_security_number: '196208179256',
      external_ids: { own: 'ref-1' },
      require_verification: true,
    });
    expect(password).toMatch(/^aA1![\w-]{43}$/);
  });

  test('has another password each time, of a length (6..1024) and with signs that any rule takes (17.26)', () => {
    const password = () => accountBody(requestFor(), 'ref-1', NAMING).password;
    expect(new Set(Array.from({ length: 100 }, password)).size).toBe(100);
  });

  test('has the company and the configured origin', () => {
    const company = { name: 'Berg AB', organizationNumber: '5564683984' };
    const config = { ...NAMING, accountOrigin: 'ADEPRIMO', requireVerification: false };
    expect(accountBody(requestFor({}, { kind: 'business', company }), 'ref-1', config)).toMatchObject({
      company_name: 'Berg AB',
      company_registration_number: '556468-3984',
      account_origin: 'ADEPRIMO',
      require_verification: false,
    });
  });

  test('sends what was corrected to no known form as it is: the vendor will name the field', () => {
    expect(accountBody(requestFor({ phone: '123' }), 'ref-1', NAMING).mobile_phone_number).toBe('123');
  });
});

test('12 a subscription has all five fields, from now on', () => {
  const term = { subscriptionType: 'limited', subscriptionDays: 30 } as const;
  expect(subscriptionBody('7', 'digital', term, Date.UTC(2026, 0, 1, 13))).toEqual({
    account_id: '7',
    package_code: 'digital',
    subscription_type: 'limited',
    valid_from: '2026-01-01 13:00 +0000',
    valid_to: '2026-01-31 13:00 +0000',
  });
});

describe('4.2 only documented names are sent', () => {
  const account: NewAccount = { email: 'a@x.se', password: 'secret' };
  const address = { street: 'S', zip_code: '27567', city: 'C', country_code: 'SE' };
  const smuggle = (more: object): NewAccount => ({ ...account, ...more });

  test('all of them pass', () => {
    const body: NewAccount = { ...account, tags: ['a'], external_ids: { 'External key 1': 'v' }, address };
    expect(creation(body)).toEqual(body);
  });

  test.each(['lang_code', 'country_code', 'alias', 'customer_number', 'gender', 'id', '__proto'])(
    '%s is refused (5.1)',
    (name) => {
      expect(() => creation(smuggle({ [name]: 'x' }))).toThrow(TypeError);
    },
  );

  test('in an address too, and by name only (7.1, 7.3)', () => {
    expect(() => creation(smuggle({ address: { ...address, building: 'canary' } }))).toThrow(
      'building is no documented field of this call',
    );
  });

  test.each([
    ['a password in an update (5.3)', () => changes({ ...smuggle({}) })],
    ['external ids in an update (5.3)', () => changes({ ...smuggle({ password: undefined, external_ids: {} }) })],
    [
      'a partial update, whose answer is not known (5.3, 17.18)',
      () => changes({ ...smuggle({ password: undefined, email: undefined, atomic: false }) }),
    ],
    ['an address in an activation (5.7)', () => activation({ ...smuggle({ address }), account_candidate_id: '7' })],
  ])('%s is refused', (_, run) => {
    expect(run).toThrow(TypeError);
  });

  test('15.7 null is not sent, it does not clear', () => {
    expect(creation(smuggle({ first_name: null, last_name: undefined }))).toEqual(account);
  });
});

describe('3.3 clearing a value', () => {
  test('is asked for by a symbol, and only of the alias', () => {
    expect(changes({ alias: UNSET, first_name: 'A' })).toEqual({ alias: '__UNSET__', first_name: 'A' });
    const smuggled: object = { first_name: UNSET };
    expect(() => changes({ ...smuggled })).toThrow('first_name must not be');
  });

  test.each<[string, object]>([
    ['a name', { first_name: '__UNSET__' }],
    ['the alias', { alias: '__UNSET__' }],
    ['another spelling', { last_name: ' __unset__' }],
    ['a tag', { tags: ['a', '__UNSET__'] }],
    ['an address', { address: { street: '__UNSET__', zip_code: '1', city: 'C', country_code: 'SE' } }],
  ])('is never done by a user’s text: %s', (_, body) => {
    expect(() => changes({ ...body })).toThrow('must not be the vendor’s word for clearing a value');
  });
});
