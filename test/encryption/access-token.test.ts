import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { callerOf, makeToken, parseTokens, settingOf } from '../../encryption/access-token.ts';

const compared: [Uint8Array, Uint8Array][] = [];
const { timingSafeEqual } = crypto;
beforeAll(() =>
  replaceTimingSafeEqual((one, other) => {
    compared.push([one as Uint8Array, other as Uint8Array]);
    return timingSafeEqual(one, other);
  }),
);
afterAll(() => replaceTimingSafeEqual(timingSafeEqual));

/** Also where it is imported by name already. */
function replaceTimingSafeEqual(by: typeof timingSafeEqual): void {
  crypto.timingSafeEqual = by;
  syncBuiltinESMExports();
}

const names = ['one', 'two', 'three', 'four'];
const secrets = names.map(() => makeToken());
const configured = parseTokens(names.map((name, index) => settingOf(name, ['read'], secrets[index]!)).join(','))!;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

beforeEach(() => compared.splice(0));

test('a token is random, of 256 bits, and recognisable', () => {
  const made = new Set(Array.from({ length: 1000 }, makeToken));
  expect(made.size).toBe(1000);
  for (const token of made) expect(token).toMatch(/^onb_[A-Za-z0-9_-]{43}$/);
});

test('the configuration has its hash and not the token', () => {
  const token = makeToken();
  const setting = settingOf('backend', ['start', 'read'], token);
  expect(setting).toBe(`backend:start+read:${sha256(token)}`);
  expect(setting).not.toContain(token.slice(4));
});

test('each finds its own caller', () => {
  expect(secrets.map((secret) => callerOf(configured, `Bearer ${secret}`)?.name)).toEqual(names);
});

test.each<[string, string | undefined]>([
  ['none', undefined],
  ['an empty one', 'Bearer '],
  ['the first', `Bearer ${secrets[0]}`],
  ['the last', `Bearer ${secrets[3]}`],
  ['one that begins right', `Bearer ${secrets[0]!.slice(0, -1)}`],
  ['one of another length', `Bearer ${'x'.repeat(5000)}`],
  ['another scheme', `Basic ${secrets[1]}`],
])('whatever comes, every token is compared, in constant time and by hashes of one length: %s', (_, authorization) => {
  callerOf(configured, authorization);
  const presented = sha256(authorization?.split(' ')[1] ?? '');
  expect(
    compared.map(([one, other]) => [Buffer.from(one).toString('hex'), Buffer.from(other).toString('hex')]),
  ).toEqual(configured.map(({ hash }) => [presented, hash.toString('hex')]));
  expect(new Set(compared.flat().map(({ length }) => length))).toEqual(new Set([32]));
});

test.each([
  'backend',
  'backend:read',
  `backend:read:${sha256('x')}:more`,
  `back end:read:${sha256('x')}`,
  `backend:read+:${sha256('x')}`,
  `backend:write:${sha256('x')}`,
  `backend::${sha256('x')}`,
  `backend:read:${sha256('x').slice(1)}`,
  `backend:read:${sha256('x').toUpperCase()}`,
  `backend:read:${sha256('')}`,
  `one:read:${sha256('x')},two:start:${sha256('x')}`,
])('an entry that breaks the form makes the whole invalid: %s', (text) => {
  expect(parseTokens(text)).toBeUndefined();
});

test('a name may have several tokens, so that one can be replaced without a gap', () => {
  const [old, next] = [makeToken(), makeToken()];
  const both = parseTokens(`${settingOf('backend', ['read'], old)}\n${settingOf('backend', ['read'], next)}\n`)!;
  expect([old, next].map((token) => callerOf(both, `Bearer ${token}`)?.name)).toEqual(['backend', 'backend']);
});

describe('limits of a token', () => {
  const token = makeToken();
  const limited = settingOf('bank', ['start'], token, { providers: ['defentry', 'facilioo'], until: '2027-01-31' });
  const on = (instant: string) => callerOf(parseTokens(limited)!, `Bearer ${token}`, new Date(instant));

  test('it is taken until the end of its last day, and is nobody’s afterwards', () => {
    expect(on('2027-01-31T23:59:59.999Z')).toMatchObject({
      name: 'bank',
      providers: new Set(['defentry', 'facilioo']),
    });
    expect(on('2027-02-01T00:00:00.000Z')).toBeUndefined();
  });

  test.each([
    ['a misspelled limit', limited.replace('until', 'untill')],
    ['a limit twice', `${limited}:until=2028-01-31`],
    ['a limit without a value', `${settingOf('bank', ['start'], token)}:until`],
    ['no day of the calendar', limited.replace('01-31', '02-30')],
    ['no provider', limited.replace('facilioo', 'acme')],
    ['no provider at all', limited.replace('defentry+facilioo', '')],
    ['a limit to providers of a token that decodes', limited.replace(':start:', ':start+decode:')],
  ])('%s is no token at all, rather than one without limits', (_, setting) => {
    expect(parseTokens(setting)).toBeUndefined();
  });
});
