import { checkMember, checkRequest } from '../../../client/requests/onboarding.ts';
import { RequestInvalid } from '../../../client/errors.ts';
import { WATCHLIST_KINDS, type WatchlistKind } from '../../../contract/request.ts';
import { validRequest } from '../requests.ts';

/** The request with the value at a path such as `members.1.person.email` replaced; `undefined` removes the field. */
function withValue(path: string, value: unknown): unknown {
  const [last, ...parents] = path.split('.').toReversed();
  const request: object = structuredClone(validRequest());
  let parent = request;
  for (const key of parents.toReversed()) parent = Reflect.get(parent, key);
  Reflect.set(parent, last!, value);
  return request;
}

function problemsOf(input: unknown): string[] {
  try {
    checkRequest(input);
    return [];
  } catch (error) {
    if (error instanceof RequestInvalid) return error.problems;
    throw error;
  }
}

const ID = 'must be 1 to 64 letters, digits, "_" or "-"; correct it.';
const own =
  'and it stands in logs and lists; use a key of your own without personal data, or one that "onboard reference new" makes.';
const EMAIL = 'must be an e-mail address; correct it or leave it out.';
const PHONE =
  'must be a phone number with + and country code and no 0 behind it, such as +46701234567; correct it or leave it out.';
const NAME = 'must be 1 to 100 characters without line breaks; correct it.';
const SSN = 'must be 4 to 30 letters, digits, "+" or "-"; correct it or leave it out.';
const DURATION = 'must be an ISO 8601 duration of at most P3650D, such as P14D or PT10M; correct it.';
const PACE = 'must be an ISO 8601 duration from PT1S to P3650D, such as PT10M; correct it.';
const RETURN = 'must be an https address (http only on localhost); correct it.';

const NUMBERS = {
  iban: {
    sentence: 'an IBAN whose length and check digits are those of its country',
    right: ['SE4550000000058398257466', 'se45 5000 0000 0583 9825 7466', 'NO93\u00a08601\u202f1117\t947'],
    wrong: [
      'SE45 5000 0000 0583 9825 7467',
      'SE45 5000 0000 0583 9825 746',
      'XX45 5000 0000 0583 9825 7466',
      'DE12345',
      'maja@example.com',
    ],
  },
  passport: {
    sentence: '5 to 20 letters or digits, as in the passport',
    right: ['AB1234567', '12 345 67', 'c01x00t47'],
    wrong: ['1234', 'A'.repeat(21), 'AB-1234567', 'ÅB1234567'],
  },
  'drivers-license': {
    sentence: '4 to 30 letters or digits, with spaces or "-" between them as in the licence',
    right: ['900101-1234', 'MORGA657054SM9IJ', 'D123-4567 8901', '1A2B'],
    wrong: ['123', 'A'.repeat(31), '900101--1234', '-9001011234', 'no licence?'],
  },
  'credit-card': {
    sentence: 'the number of a card, with a check digit that fits',
    right: [
      '4111111111111111',
      '4111 1111 1111 1111',
      '5555-5555-5555-4444',
      '378282246310005',
      '6759649826438453',
      '4111\u00a01111\u20091111\u202f1111',
      '5019000000000008',
      '9792030394440796',
    ],
    wrong: ['4111111111111112', '411111111111', '************1111', '0000000000000000', 'visa'],
  },
} satisfies Partial<Record<WatchlistKind, { sentence: string; right: string[]; wrong: string[] }>>;

/** As people and machines make them. */
const KEYS = [
  '1234567890 123456789 4711 K-2026-0042 order-20261201-7 99-123-456 1764547200000',
  '507f1f77bcf86cd799439011 131052c308d7a901b2c3d4e5f6a7b8c9 01ARZ3NDEKTSV4RRFFQ69G5FAV V1StGXR8_Z5jdHi6B-myT',
  '1099511627776000001 20260115123000 r-pJr0aVQ2sZ3b5cK8d9E1fG7hI6jL4mN0oP2qR5sT8uV',
].flatMap((line) => line.split(' '));

describe('a request that keeps the rules', () => {
  test('comes out as it went in', () => expect(checkRequest(validRequest())).toEqual(validRequest()));

  test('may leave out with `undefined` what it may leave out', () => {
    expect(checkRequest(withValue('person.phone', undefined))).not.toHaveProperty('person.phone');
  });

  test.each([
    ['person.ssn', '19900101-1234'],
    ['identification.returnUrl', 'http://localhost:3000/back'],
    ['reference', '550e8400-e29b-41d4-a716-446655440000'],
    // By chance it begins like a national ID.
    ['reference', 'c-19800101-1234-4abc-8def-0123456789ab'],
    ['reference', 'kund_0815'],
    ...KEYS.map((key) => ['reference', key]),
    ['existingCustomer', { customerNumber: 'A-4711' }],
    ['existingCustomer', { customerNumber: 'A-4711', zipCode: '275 67' }],
    ['policy', { emailVerified: { deadline: 'PT1S', reminders: [] }, resendEvery: 'PT0S', atAbort: 'keep' }],
    ['policy', { identification: { attempts: 3 }, attention: { retryEvery: 'PT1S' } }],
    ...Object.entries(NUMBERS).map(([kind, { right }]) => ['watchlists', right.map((value) => ({ kind, value }))]),
  ] as [string, unknown][])('takes %s as %j', (path, value) => expect(problemsOf(withValue(path, value))).toEqual([]));
});

const cycle: { again?: unknown } = {};
cycle.again = cycle;

test.each<[string, unknown]>([
  ['nests deeper than a stack', JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)],
  ['holds itself', cycle],
  ['holds a bigint', { reference: 1n }],
  ['is a function', () => 'x'],
])('what %s is refused like any other input', (_, input) => {
  const sentence = 'request: must be data that can be written as JSON and does not nest deeply; correct it.';
  expect(problemsOf(input)).toEqual([sentence]);
});

/** Beside the plain Nordic ones. */
const NATIONAL_IDS = [
  // Finland: the signs of decree 690/2022.
  '131052Y308T 131052y308t kund-131052Y308T kund131052Y308T 010594Y9021 010516B903X',
  // Sweden: interim numbers.
  '900101-T123 19900101-R123 900101N123 kund-900101-X123',
  // Norway: D-numbers, H-numbers, and the synthetic ones.
  '41019012345 01419012345 01819012345 41819012345 NO-01819012345 no01419012345 kund_018190-12345',
  // By check digit: DE, AT, BE, FR, IT, ES, PL, CZ, EE, LT, LV, RO, BG, RS, GB, IE, CH, TR, GR.
  '36574261809 kund-36574261809 kund36574261809 15070649C103 1237010180 85073003328',
  '295109912611193 2951099126111-93 RCCMNL83S18D969H rccmnl83s18d969h 54362315K X2482300W',
  '44051401359 7103192745 36805280109 33309240064 16117519997 1630615123457 7523169263',
  '0101006500006 AA123456A 6433435F 756-9217-0769-85 17291716060 01013099997',
  '123-45-6789',
].flatMap((line) => line.split(' '));

/** Field, bad value, the one sentence. */
const REFUSED: [string, unknown, string][] = [
  ['provider', 'acme', 'provider: must be one of defentry, tulo-payway, facilioo; correct it.'],
  ['provider', undefined, 'provider: is missing; add it.'],
  ['kind', 'couple', 'kind: must be one of single, business, family; correct it.'],
  ['reference', undefined, 'reference: is missing; add it.'],
  ['reference', 7, `reference: ${ID}`],
  ['reference', '', `reference: ${ID}`],
  ['reference', 'a'.repeat(65), `reference: ${ID}`],
  ['reference', 'kund 42', `reference: ${ID}`],
  ['reference', 'kund.42', `reference: ${ID}`],
  ['reference', 'maja@example.com', `reference: looks like an e-mail address, ${own}`],
  ['reference', '+46701234567', `reference: looks like a phone number, ${own}`],
  ['reference', '46701234567', `reference: looks like a phone number, ${own}`],
  ['reference', '070-123_45_67', `reference: looks like a phone number, ${own}`],
  ['reference', '0046701234567', `reference: looks like a phone number, ${own}`],
  ['reference', '19900101-1234', `reference: looks like a national ID, ${own}`],
  ['reference', '199001011234', `reference: looks like a national ID, ${own}`],
  ['reference', '900101-1234', `reference: looks like a national ID, ${own}`],
  ['reference', '9001011234', `reference: looks like a national ID, ${own}`],
  ['reference', 'cust-19900161-1234', `reference: looks like a national ID, ${own}`],
  ['reference', '550e8400-e29b-41d4-a716-446655440000-900101-1234', `reference: looks like a national ID, ${own}`],
  ['reference', '0101901234', `reference: looks like a national ID, ${own}`],
  ['reference', '01019012345', `reference: looks like a national ID, ${own}`],
  ['reference', '41019012345', `reference: looks like a national ID, ${own}`],
  ['reference', '010190-123A', `reference: looks like a national ID, ${own}`],
  ['reference', '010105A123B', `reference: looks like a national ID, ${own}`],
  ...[
    'SE4550000000058398257466',
    'kund-SE45-5000-0000-0583-9825-7466',
    'no9386011117947',
    'AD1200012030200359100100',
  ].map((iban): [string, unknown, string] => ['reference', iban, `reference: looks like a bank account, ${own}`]),
  ...[
    '4111111111111111',
    'card-4111-1111-1111-1111',
    'kund5555555555554444',
    '378282246310005',
    '5019000000000008',
  ].map((card): [string, unknown, string] => ['reference', card, `reference: looks like a card number, ${own}`]),
  ['person', undefined, 'person: is missing; add it.'],
  ['person', 'Maja', 'person: must be an object; correct it.'],
  ['person.lastName', undefined, 'person.lastName: is missing; add it.'],
  ['person.firstName', ' ', `person.firstName: ${NAME}`],
  ['person.lastName', 'x'.repeat(101), `person.lastName: ${NAME}`],
  ['person.lastName', 'Berg\nBcc', `person.lastName: ${NAME}`],
  ['person.email', 'maja@', `person.email: ${EMAIL}`],
  ['person.email', `${'m'.repeat(250)}@example.com`, `person.email: ${EMAIL}`],
  ['person.email', null, `person.email: ${EMAIL}`],
  ['person.phone', '+460701234567', `person.phone: ${PHONE}`],
  ['person.phone', '+46 (0)70-123 45 67', `person.phone: ${PHONE}`],
  ['person.phone', '0701234567890123', `person.phone: ${PHONE}`],
  ['person.phone', '071', `person.phone: ${PHONE}`],
  [
    'person',
    { firstName: 'Maja', lastName: 'Berg', phone: '0701234567' },
    'person.phone: is a national number; give it with + and country code, or give countryCode with it.',
  ],
  ['person.phone', '+4670', `person.phone: ${PHONE}`],
  ['person.ssn', '12', `person.ssn: ${SSN}`],
  ['person.ssn', 'none!', `person.ssn: ${SSN}`],
  [
    'person.countryCode',
    'se',
    'person.countryCode: must be an ISO 3166-1 country code of two capitals, such as SE; correct it or leave it out.',
  ],
  ...['XX', 'UK', 'ZZ', 'EU', 'SU', 'XK'].map((code): [string, unknown, string] => [
    'person.countryCode',
    code,
    'person.countryCode: must be an ISO 3166-1 country code of two capitals, such as SE; correct it or leave it out.',
  ]),
  [
    'person.languageCode',
    'SV',
    'person.languageCode: must be an ISO 639-1 language code of two small letters, such as sv; correct it or leave it out.',
  ],
  ['person.nickname', 'M', 'person.nickname: is not a known field; correct its name or remove it.'],
  ['19800315-1234', 'x', 'request: has a field whose name looks like data; remove it.'],
  ['colour', 'red', 'colour: is not a known field; correct its name or remove it.'],
  [
    'company',
    { name: 'Berg AB', organizationNumber: '556000-0000' },
    'company: belongs to kind business only; remove it or change the kind.',
  ],
  ['kind', 'business', 'company: is missing; kind business needs it, add it.'],
  ['kind', 'single', 'members: belong to kind family or business only; remove them or change the kind.'],
  ['planId', 7, 'planId: must be 1 to 64 characters without line breaks; correct it.'],
  ['holderId', '', 'holderId: must be 1 to 64 characters without line breaks; correct it.'],
  ['existingCustomer', 'A-4711', 'existingCustomer: must be an object; correct it.'],
  ['existingCustomer', {}, 'existingCustomer.customerNumber: is missing; add it.'],
  [
    'existingCustomer',
    { customerNumber: ' ' },
    'existingCustomer.customerNumber: must be 1 to 64 characters without line breaks; correct it.',
  ],
  [
    'existingCustomer',
    { customerNumber: '1', zipCode: 27567 },
    'existingCustomer.zipCode: must be 1 to 16 characters without line breaks; correct it.',
  ],
  ['members', {}, 'members: must be a list of at most 100; correct it.'],
  [
    'members.1.reference',
    'partner',
    'members[1].reference: repeats the reference of an earlier member; give each member its own.',
  ],
  ['members.1.reference', 'nils@example.com', `members[1].reference: looks like an e-mail address, ${own}`],
  ['members.1.person.email', 'ida', `members[1].person.email: ${EMAIL}`],
  ['members.1.role', 'owner', 'members[1].role: is not a known field; correct its name or remove it.'],
  ['identification.scheme', 'EIDAS', 'identification.scheme: must be one of BANKID, MITID, FTN; correct it.'],
  ['identification.returnUrl', 'http://bank.example/back', `identification.returnUrl: ${RETURN}`],
  ['identification.returnUrl', 'javascript:alert(1)', `identification.returnUrl: ${RETURN}`],
  ['identification.returnUrl', '/back', `identification.returnUrl: ${RETURN}`],
  ['ssnMonitoring', 'yes', 'ssnMonitoring: must be true or false; correct it or leave it out.'],
  ['watchlists.0.kind', 'palm', `watchlists[0].kind: must be one of ${WATCHLIST_KINDS.join(', ')}; correct it.`],
  ['watchlists.0.value', '+46701234567', `watchlists[0].value: ${EMAIL}`],
  ['watchlists', [{ kind: 'phone', value: 'a@b.example' }], `watchlists[0].value: ${PHONE}`],
  ...Object.entries(NUMBERS).flatMap(([kind, { sentence, wrong }]) =>
    wrong.map((value): [string, unknown, string] => [
      'watchlists',
      [{ kind, value }],
      `watchlists[0].value: must be ${sentence}; correct it or leave it out.`,
    ]),
  ),
  ['policy', { emailVerified: { deadline: '14 days' } }, `policy.emailVerified.deadline: ${PACE}`],
  ['policy', { emailVerified: { deadline: 'P1M' } }, `policy.emailVerified.deadline: ${PACE}`],
  ['policy', { undoWithin: 'P4000D' }, `policy.undoWithin: ${PACE}`],
  ['policy', { memberAccepted: { reminders: ['P1D', 'soon'] } }, `policy.memberAccepted.reminders[1]: ${DURATION}`],
  ['policy', { emailVerified: { firstPoll: 'PT0S' } }, `policy.emailVerified.firstPoll: ${PACE}`],
  ['policy', { attention: { retryEvery: 'PT0S' } }, `policy.attention.retryEvery: ${PACE}`],
  ['policy', { atAbort: 'delete' }, 'policy.atAbort: must be one of keep, deactivate, remove; correct it.'],
  [
    'policy',
    { identification: { attempts: 0 } },
    'policy.identification.attempts: must be a whole number from 1 to 100; correct it.',
  ],
  ['policy', { patience: 'P1D' }, 'policy.patience: is not a known field; correct its name or remove it.'],
];

describe('a request that breaks a rule is refused with one sentence', () => {
  test.each(REFUSED)('%s = %j', (path, value, sentence) => {
    expect(problemsOf(withValue(path, value))).toEqual([sentence]);
  });

  test.each([undefined, null, 'text', 7, []])('%j', (input) => {
    expect(problemsOf(input)).toEqual(['request: must be an object; correct it.']);
  });

  test('and names every field at once', () => {
    const request = { ...validRequest(), kind: 'couple', reference: 'kund 42' };
    expect(problemsOf(request)).toEqual([
      `reference: ${ID}`,
      'kind: must be one of single, business, family; correct it.',
    ]);
  });

  test('and never repeats a value', () => {
    const canary = 'CANARY-7f3a';
    for (const [path] of REFUSED.filter(([, , sentence]) => !/not a known field|looks like data/.test(sentence))) {
      expect(problemsOf(withValue(path, { [`x`]: canary })).join(' ')).not.toContain(canary);
      expect(problemsOf(withValue(path, `${canary}\n`)).join(' ')).not.toContain(canary);
    }
  });
});

test.each(NATIONAL_IDS)('%s is no reference', (id) => {
  // Eleven digits may be a phone, too.
  const [problem] = problemsOf(withValue('reference', id));
  expect(problem).toMatch(/^reference: looks like a (national ID|phone number), and it stands in logs and lists;/);
});

test('a UUID is a reference, also when its groups happen to make up an account number', () => {
  expect(problemsOf(withValue('reference', 'EE382200221020145685'))).toHaveLength(1);
  const reference = 'c-ee382200-2210-2014-5685-0123456789ab';
  expect(checkRequest(withValue('reference', reference))).toMatchObject({ reference });
});

test('a reference is looked through in no time, however it is made up', () => {
  const began = performance.now();
  for (const text of ['a1'.repeat(32), '1-'.repeat(32), '131052Y'.repeat(9), 'a1'.repeat(500_000)]) {
    problemsOf(withValue('reference', text));
  }
  expect(performance.now() - began).toBeLessThan(5000);
});

test('a member alone is checked by the same rules', () => {
  const [member] = validRequest().members!;
  expect(checkMember(member)).toEqual(member);
  expect(() => checkMember({ ...member, reference: '' })).toThrow(`reference: ${ID}`);
});
