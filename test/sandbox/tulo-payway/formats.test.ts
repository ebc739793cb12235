import type { PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import { textOf } from '../partner.ts';
import { closeIntegrators, created, MINIMAL, openIntegrator } from './integrator.ts';

afterEach(closeIntegrators);

const many = (character: string, count: number) => character.repeat(count);

interface Rule {
  rule: string;
  field: string;
  options?: PaywayOptionsInput;
  accepted: unknown[];
  refused: unknown[];
}

const CREATE: Rule[] = [
  {
    rule: '14.1 e-mail',
    field: 'email',
    accepted: [
      'test@example.com',
      'a+b.c-d_e@x.se',
      'A@B.SE',
      'user@my-site.se',
      'a@x.s',
      'a@b.c.d.e',
      'a@x.museum',
      '.a..b.@x.se',
      'a@-x-.se',
      'a@xn--ml-8ia.se',
      `${many('a', 1019)}@b.se`,
    ],
    refused: [
      'a,b@example.com',
      'a@bcd',
      'a@localhost',
      'a@b-c',
      'user@exampleXcom',
      'user@foo bar.se',
      'user@mail.example-site.se',
      'user@sub.site2.se',
      'user@1.2.se',
      "o'brien@x.se",
      'å@x.se',
      'a@x..se',

      'a@site.co2',
      'a@x.xn--p1ai',
      'a@mail.xn--ml-8ia.se',
      ' a@x.se',
      'a@x.se\n',
      '',
      7,
      `${many('a', 1020)}@b.se`,
    ],
  },
  {
    rule: '5.1 password',
    field: 'password',
    accepted: ['123456', many('x', 1024)],
    refused: ['12345', many('x', 1025)],
  },
  {
    rule: '5.1 names',
    field: 'first_name',
    accepted: ['Ove', many('x', 1024)],
    refused: [many('x', 1025), 1, ['Ove']],
  },
  {
    rule: '14.2 mobile',
    field: 'mobile_phone_number',
    accepted: ['0701234567', '+46701234567', '46701234567', '+4512345678', '+4681234567', ',4681234567'],
    refused: [
      '0046701234567',
      '+358401234567',
      '+467012345678',
      '070-1234567',
      '070 123 45 67',
      '+46 701234567',
      '081234567',
      '50460531',
      '0701234567\n',
      701234567,
    ],
  },
  {
    rule: '14.2, 16 mobile of the older page',
    field: 'mobile_phone_number',
    options: { mobile: 'old' },
    accepted: ['0701234567', '46701234567'],
    refused: ['+46701234567', '467012345678'],
  },
  {
    rule: '14.3 SSN',
    field: 'social_security_number',
    accepted: ['620817-9256', '196208179256', '620817-9257'],
    refused: ['19620817-9256', '6208179256', '620817+9256', '1962081792567', 'dddddd-dddd'],
  },
  {
    rule: '17.24 SSN with its check digit',
    field: 'social_security_number',
    options: { ssnCheck: 'luhn' },
    accepted: ['620817-9256', '196208179256', '800610-8230', '910820-5205'],
    refused: ['620817-9257', '196208179257'],
  },
  {
    rule: '14.4 company number',
    field: 'company_registration_number',
    accepted: ['556468-3984', '1234567-8'],
    refused: ['5564683984', '12345678', '556468-39841'],
  },
  {
    rule: '14.5, 5.1 birth date, whose day need not exist',
    field: 'birth_date',
    accepted: ['1999-05-14', '1999-02-31'],
    refused: ['19990514', '1999-5-14', '14.05.1999'],
  },
  { rule: '5.1 source', field: 'created_from_source', accepted: ['My app', many('x', 1024)], refused: ['short', {}] },
  { rule: '5.1 tags', field: 'tags', accepted: [[], ['foo', 'bar']], refused: ['foo', [1], [many('x', 129)]] },
  {
    rule: '17.28 external ids',
    field: 'external_ids',
    accepted: [{ 'key 1': 'value' }, { [many('k', 128)]: many('v', 128) }],
    refused: ['x', { key: 1 }, { key: many('v', 129) }, { [many('k', 129)]: 'v' }],
  },
  { rule: '5.1 boolean', field: 'require_verification', accepted: [true, false], refused: ['true', 1] },
];

test.each(CREATE)('$rule on create', async ({ field, options, accepted, refused }) => {
  const { api } = await openIntegrator(options);
  const create = (value: unknown) => api('POST', '/v2/accounts', { ...MINIMAL, [field]: value });
  for (const value of accepted) {
    const got = await create(value);
    expect([value, got.status]).toEqual([value, 201]);
    // Frees what is unique for the next value.
    await api('DELETE', `/v1/accounts/archive?account_id=${textOf(got, 'id')}`);
  }
  for (const value of refused) {
    const { status, body } = await create(value);
    expect([value, status]).toEqual([value, 400]);
    expect(body).toMatchObject({ code: 'invalid_parameter', field: expect.stringContaining(field) });
  }
});

test('14.1: a hostile address of 10,000 characters is answered at once', async () => {
  const { api } = await openIntegrator();
  const started = performance.now();
  // A pattern that backtracks would need longer than the universe has been there.
  for (const email of [`a@${many('a.', 5000)}!`, `a@${many('a', 10_000)}!`, `${many('a', 10_000)}!`]) {
    expect((await api('POST', '/v2/accounts', { ...MINIMAL, email })).status).toBe(400);
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

const UPDATE: Rule[] = [
  {
    rule: '14.3 SSN: the hyphen form only',
    field: 'social_security_number',
    accepted: ['620817-9256'],
    refused: ['196208179256', '6208179256'],
  },
  {
    rule: '16 SSN: both forms',
    field: 'social_security_number',
    options: { ssnOnUpdate: 'both' },
    accepted: ['620817-9256', '196208179256'],
    refused: ['6208179256'],
  },
  {
    rule: '14.2 mobile: no size range is printed',
    field: 'mobile_phone_number',
    accepted: ['+358401234567', '0701234567'],
    refused: ['+3584012345678', '070-1234567'],
  },
  {
    rule: '14.2 mobile with the size range of create',
    field: 'mobile_phone_number',
    options: { mobileSizeOnUpdate: true },
    accepted: ['0701234567'],
    refused: ['+358401234567'],
  },
];

test.each(UPDATE)('$rule on update', async ({ field, options, accepted, refused }) => {
  const { api } = await openIntegrator(options);
  const id = await created(api);
  for (const [values, expected] of [
    [accepted, 200],
    [refused, 400],
  ] as const) {
    for (const value of values) {
      const { status } = await api('PUT', '/v2/accounts', { id, [field]: value });
      expect([value, status]).toEqual([value, expected]);
    }
  }
});

const ADDRESS = {
  first_name: 'Kalle',
  last_name: 'Anka',
  street: 'Gatan',
  zip_code: '27567',
  city: 'Vollsjö',
  country_code: 'SE',
};
const { first_name: _, last_name: __, ...NAMELESS } = ADDRESS;

test.each([
  ['7.1 whole', {}, ADDRESS, 201],
  ['7.1 company instead of names', {}, { ...NAMELESS, company_name: 'Bolaget AB' }, 201],
  ['7.1 no name', {}, NAMELESS, 400],
  ['7.1 one name', {}, { ...ADDRESS, last_name: undefined }, 400],
  ['7.1 no street', {}, { ...ADDRESS, street: undefined }, 400],
  ['7.1 no zip code', {}, { ...ADDRESS, zip_code: undefined }, 400],
  ['7.1 no city', {}, { ...ADDRESS, city: undefined }, 400],
  ['7.1 no country', {}, { ...ADDRESS, country_code: undefined }, 400],
  ['7.3 building, of an older page', {}, { ...ADDRESS, building: '1' }, 400],
  ['7.3, 16 building, required', { building: 'required' as const }, ADDRESS, 400],
  ['7.3, 16 building, required and there', { building: 'required' as const }, { ...ADDRESS, building: '1' }, 201],
  ['7.3 drop_box', {}, { ...ADDRESS, drop_box: '1', staircase: 'A' }, 201],
  ['7.3 dropbox, of an older page', {}, { ...ADDRESS, dropbox: '1' }, 400],
  ['7.3 entrance, of an older page', {}, { ...ADDRESS, entrance: 'A' }, 400],
  ['17.25 any country', {}, { ...ADDRESS, country_code: 'DE' }, 201],
  ['17.25 no country code', {}, { ...ADDRESS, country_code: 'SWE' }, 400],
  ['17.25 three countries', { countries: 'SE-FI-AX' as const }, { ...ADDRESS, country_code: 'DE' }, 400],
  ['17.25 three countries', { countries: 'SE-FI-AX' as const }, { ...ADDRESS, country_code: 'AX' }, 201],
])('address: %s', async (_, options, address, expected) => {
  const { api } = await openIntegrator(options);
  expect((await api('POST', '/v2/accounts', { ...MINIMAL, address })).status).toBe(expected);
});

test('7.3: changing any part of an address takes all required parts', async () => {
  const { api } = await openIntegrator();
  const id = await created(api, { address: ADDRESS });
  expect((await api('PUT', '/v2/accounts', { id, address: { city: 'Ystad' } })).status).toBe(400);
  expect((await api('PUT', '/v2/accounts', { id, address: { ...ADDRESS, city: 'Ystad' } })).status).toBe(200);
  expect((await api('GET', `/v1/accounts?id=${id}`)).body).toMatchObject({ item: { address: { city: 'Ystad' } } });
});
