import { checkChange, checkRequest, RequestInvalid, type OnboardingRequest } from '../../../client/index.ts';
import { fingerprint } from '../../../client/temporal/fingerprint.ts';
import type { WatchlistItem } from '../../../contract/request.ts';
import { validRequest } from '../requests.ts';

/** One thing written in several ways is one thing: in the run, in its fingerprint, at the provider. */

const { person } = validRequest();
const withPerson = (changes: object): object => ({ ...validRequest(), person: { ...person, ...changes } });

function problemsOf(input: object): string[] {
  try {
    checkRequest(input);
    return [];
  } catch (error) {
    if (error instanceof RequestInvalid) return error.problems;
    throw error;
  }
}

test.each<[field: keyof OnboardingRequest['person'], written: string, kept: string]>([
  ['firstName', 'Maja ', 'Maja'],
  ['firstName', '\u00a0Maja\t', 'Maja'],
  ['firstName', '\ufeffMaja\u200b', 'Maja'],
  ['lastName', 'A\u030asa O\u0308berg', 'Åsa Öberg'],
  ['lastName', 'Nader\u200cian', 'Nader\u200cian'],
  ['email', ' maja@example.com ', 'maja@example.com'],
  ['email', "o'brien&sons@example.com", "o'brien&sons@example.com"],
  ['email', 'maja@bücher.example', 'maja@xn--bcher-kva.example'],
  ['email', 'maja@bu\u0308cher.example', 'maja@xn--bcher-kva.example'],
  ['email', 'maja@пример.рф', 'maja@xn--e1afmkfd.xn--p1ai'],
  ['phone', '+46 70-123 45 67', '+46701234567'],
  ['phone', '+46\u00a070\u2011123.45/67', '+46701234567'],
  ['phone', '0701234567', '+46701234567'],
  ['phone', '070-123 45 67', '+46701234567'],
  ['phone', '0046 70 123 45 67', '+46701234567'],
  ['phone', '+393471234567', '+393471234567'],
  ['phone', '+390612345678', '+390612345678'],
])('%s %j is kept as %j', (field, written, kept) => {
  const request = checkRequest(withPerson({ [field]: written }));
  expect(request.person[field]).toBe(kept);
  expect(fingerprint(request)).toBe(fingerprint(checkRequest(withPerson({ [field]: kept }))));
});

test('a national number is one of the person’s own country, also in a change', () => {
  const italian = checkRequest(withPerson({ phone: '06 1234 5678', countryCode: 'IT' }));
  expect(italian.person.phone).toBe('+390612345678');
  const profile = { phone: '40 12 34 56', countryCode: 'DK' };
  const asked = { provider: 'defentry', reference: 'c-1', changeId: '1' };
  expect(checkChange({ ...asked, change: { kind: 'update-profile', profile } }).change).toHaveProperty(
    'profile.phone',
    '+4540123456',
  );
});

test('a company’s name and number too', () => {
  const company = { name: ' Åkeri AB\u00a0'.normalize('NFD'), organizationNumber: ' 556016-0680 ' };
  const kept = checkRequest({ ...validRequest(), kind: 'business', company });
  expect(kept.company).toEqual({ name: 'Åkeri AB', organizationNumber: '556016-0680' });
});

test.each<[WatchlistItem, string]>([
  [{ kind: 'iban', value: 'se45 5000\u00a00000 0583 9825 7466' }, 'SE4550000000058398257466'],
  [{ kind: 'credit-card', value: '4111\u202f1111-1111 1111' }, '4111111111111111'],
  [{ kind: 'phone', value: '+46 70 123 45 67' }, '+46701234567'],
  [{ kind: 'email', value: ' maja@bücher.example' }, 'maja@xn--bcher-kva.example'],
  [{ kind: 'passport', value: '12\u00a0345 67' }, '12 345 67'],
])('the watchlist item %j is kept as %j', (item, kept) => {
  const { watchlists } = checkRequest({ ...validRequest(), watchlists: [item] });
  expect(watchlists).toEqual([{ kind: item.kind, value: kept }]);
});

const turns = 'must not hold a character that turns the direction of writing; type it anew.';
const separates = 'must not hold a line or paragraph separator; type it anew.';
const EMAIL = 'must be an e-mail address; correct it or leave it out.';
const NAME = 'must be 1 to 100 characters without line breaks; correct it.';

test.each<[field: string, value: string, sentence: string]>([
  ['firstName', 'Maja\ud83d', 'must not hold half of a character (a lone surrogate); type it anew.'],
  ['firstName', '\ufffdsa', 'must not hold the sign for a character that a wrong encoding has lost; type it anew.'],
  ['firstName', 'Ma\u2028ja', separates],
  ['lastName', 'Ma\u2029ja', separates],
  ['lastName', '\u202egreB', turns],
  ['lastName', 'Berg\u2066', turns],
  ['email', 'maja\u202e@example.com', turns],
  ['firstName', '\u200b\u200d', NAME],
  ['firstName', '\u3164', NAME],
  ['firstName', '\u2800', NAME],
  ['firstName', '\u00ad\u034f', NAME],
  ['email', 'åsa@example.com', EMAIL],
  ['email', 'maja@localhost', EMAIL],
  ['email', 'maja@-example.com', EMAIL],
  ['email', 'maja@127.0.0.1', EMAIL],
  ['email', 'ma..ja@example.com', EMAIL],
  ['email', '.maja@example.com', EMAIL],
  ['email', 'maja@bü cher.example', EMAIL],
  ['email', `${'m'.repeat(65)}@example.com`, EMAIL],
  ['email', '"maja berg"@example.com', EMAIL],
])('person.%s %j is refused', (field, value, sentence) => {
  expect(problemsOf(withPerson({ [field]: value }))).toEqual([`person.${field}: ${sentence}`]);
});

test('a megabyte of blanks is looked at in no time', () => {
  const began = performance.now();
  problemsOf(
    withPerson({
      firstName: `x${' '.repeat(1_000_000)}x`,
      email: `${'ü'.repeat(1_000_000)}@x`,
      phone: ' '.repeat(1_000_000),
    }),
  );
  expect(performance.now() - began).toBeLessThan(20_000);
});
