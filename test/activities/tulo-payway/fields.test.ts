import {
  companyNumber,
  holdsCheckDigit,
  isCustomerNumber,
  isEmail,
  isPackageCode,
  isText,
  mobile,
  provisioningTime,
  ssnForCreation,
  ssnForUpdate,
} from '../../../activities/tulo-payway/fields.ts';

/** Numbers are sections of the Tulo Payway contract. */

describe('14.1 an e-mail address', () => {
  test.each([
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
  ])('%s is taken', (address) => expect(isEmail(address)).toBe(true));

  test.each([
    'a,b@example.com',
    'a@bcd',
    'a@localhost',
    'a@b-c',
    'user@exampleXcom',
    'user@foo bar.se',
    'user@mail.example-site.se',
  ])('%s is taken by the printed pattern, not by the real one', (address) => expect(isEmail(address)).toBe(false));

  test.each([
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
    'b@y.se\na@x.se',
    '',
    'a',
    'a@b@x.se',
    '@x.se',
    'a@.se',
    'a@x.',
  ])('%j is not', (address) => expect(isEmail(address)).toBe(false));

  test('has at most 1024 characters', () => {
    const address = (length: number) => `${'a'.repeat(length - 5)}@x.se`;
    expect(isEmail(address(1024))).toBe(true);
    expect(isEmail(address(1025))).toBe(false);
  });

  // The printed pattern takes 1.5 s for 40 letters, and twice as long for each one more: it would end none of these.
  test.each([
    ['letters and a sign', `a@${'a'.repeat(10_000)}!`],
    ['labels and a sign', `a@b${'.a'.repeat(5_000)}!`],
    ['dots', `a@${'.'.repeat(10_000)}`],
    ['local part without end', 'a'.repeat(10_000)],
    ['signs', '@'.repeat(10_000)],
    ['within the size: labels and a sign', `a@b${'.a'.repeat(500)}!`],
    ['within the size: letters and a sign', `a@x.${'a'.repeat(1_000)}!`],
  ])('hostile input ends: %s', (_, text) => {
    for (let round = 0; round < 1_000; round++) expect(isEmail(text)).toBe(false);
  });
});

test.each([
  ['Anna', true],
  ['x'.repeat(1024), true],
  ['x'.repeat(1025), false],
  ['', false],
  ['  ', false],
])('5.1 a text of up to 1024 characters', (text, taken) => expect(isText(text)).toBe(taken));

describe('14.2 a mobile number', () => {
  test.each(['0701234567', '+46701234567', '46701234567', '+4512345678', '+4681234567', '070123456789'])(
    '%s is sent as it is',
    (text) => expect(mobile(text)).toBe(text),
  );

  test.each([
    ['070-1234567', '0701234567'],
    ['070 123 45 67', '0701234567'],
    ['+46 701234567', '+46701234567'],
    ['+46 (70) 123-45 67', '+46701234567'],
  ])('%s is sent without separators', (text, sent) => expect(mobile(text)).toBe(sent));

  test.each([
    ['+358401234567', '0401234567'],
    ['+4915112345678', '015112345678'],
  ])('%s, too long for the size range, is sent in the national form', (text, sent) => expect(mobile(text)).toBe(sent));

  test.each([
    ['+393123456789', '393123456789'],
    ['+39 312 345 6789', '393123456789'],
  ])('%s, whose national form has no zero, is sent without the +', (text, sent) => expect(mobile(text)).toBe(sent));

  test.each([
    '0046701234567',
    '081234567',
    '50460531',
    '+46123',
    '+3912345678901',
    ',0701234567',
    '0701234567\n1',
    'abc',
    '',
  ])('%j fits no form', (text) => expect(mobile(text)).toBeUndefined());

  test('a comma, which the printed class lets through, is never sent', () => {
    expect(mobile(',46701234567')).toBeUndefined();
  });
});

describe('14.3 an SSN', () => {
  test.each([
    ['196208179256', '196208179256', '620817-9256'],
    ['19620817-9256', '196208179256', '620817-9256'],
    ['620817-9256', '620817-9256', '620817-9256'],
    ['6208179256', '620817-9256', '620817-9256'],
  ])('%s is created as %s and updated as %s', (text, created, updated) => {
    expect(ssnForCreation(text)).toBe(created);
    expect(ssnForUpdate(text)).toBe(updated);
  });

  test.each(['620817+9256', '1962-08-17-9256', '1962081792567', '62081-79256', '010190-123A', '620817 9256', '', 'x'])(
    '%j fits no form',
    (text) => {
      expect(ssnForCreation(text)).toBeUndefined();
      expect(ssnForUpdate(text)).toBeUndefined();
    },
  );

  test('five Y’s are a misprint: 13 digits are none', () => {
    expect(ssnForCreation('0196208179256')).toBeUndefined();
  });

  test.each([
    ['620817-9256', true],
    ['800610-8230', true],
    ['910820-5205', true],
    ['196208179256', true],
    ['620817-9257', false],
    ['196208179265', false],
  ])('%s: the check digit holds: %p', (text, holds) => expect(holdsCheckDigit(text)).toBe(holds));
});

describe('14.4 a company number', () => {
  test.each([
    ['556468-3984', '556468-3984'],
    ['5564683984', '556468-3984'],
    ['1234567-8', '1234567-8'],
    ['12345678', '1234567-8'],
  ])('%s is sent as %s', (text, sent) => expect(companyNumber(text)).toBe(sent));

  test.each(['165564683984', '556468', '55646-83984', 'SE556468398401', ''])('%j fits no form', (text) =>
    expect(companyNumber(text)).toBeUndefined(),
  );
});

test.each([
  ['a-Z_9', true],
  ['1234567890', true],
  ['12345678901', false],
  ['a b', false],
  ['a\nb', false],
  ['', false],
])('14.5 customer number %j', (text, taken) => expect(isCustomerNumber(text)).toBe(taken));

test.each([
  ['adeprimo_digital', true],
  ['x'.repeat(50), true],
  ['x'.repeat(51), false],
  ['a.b', false],
  ['', false],
])('12 package code %j', (text, taken) => expect(isPackageCode(text)).toBe(taken));

test('3.5 the instant of a provisioning, in UTC', () => {
  expect(provisioningTime(Date.UTC(2026, 0, 2, 3, 4, 59))).toBe('2026-01-02 03:04 +0000');
});
