import { isDeepStrictEqual } from 'node:util';
import { RequestInvalid } from '../../client/errors.ts';
import { eventIds } from '../../gateway/webhooks/event-id.ts';
import { genericReader } from '../../gateway/webhooks/generic.ts';
import type { Reader, Told } from '../../gateway/webhooks/told.ts';
import { PAYWAY_EVENTS, paywayReader } from '../../gateway/webhooks/tulo-payway.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { searchFor } from '../leak/search.ts';
import { hoursAgo, paywayEnvelope, ssiEnvelope, type Envelope } from './payway-envelope.ts';

const NOW = Date.now();
const ACCOUNT = '5f2b8c9d4e1a7b3c6d0e9f81';
/** Deeper than a stack; as large as a body may be. */
const DEEP: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
const FACTS = Object.entries(PAYWAY_EVENTS).filter(([, meaning]) => meaning !== 'ignored');

const now = (reader: Reader) => (body: unknown) => reader(body, NOW);
const payway = (renamed = {}) => now(paywayReader({ renamed, oldest: 7 * 86_400_000 }));

function problemsOf(read: () => Told): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof RequestInvalid) return error.problems;
    throw error;
  }
  throw new Error('was taken');
}

describe('Payway', () => {
  const read = payway();
  const leaksOf = ({ canaries }: Envelope, ...found: unknown[]) =>
    searchFor(canaries.all)({ name: 'what was read', bytes: Buffer.from(JSON.stringify(found)) });

  test.each(FACTS)('%s is %s, in both forms, and nothing else of the envelope is read', (name, kind) => {
    for (const envelope of [paywayEnvelope(name, ACCOUNT), ssiEnvelope(name, ACCOUNT)]) {
      const told = read(envelope.body);
      expect(told.event).toEqual({ provider: 'tulo-payway', kind, accountId: ACCOUNT });
      expect(leaksOf(envelope, told)).toEqual([]);
      // The search finds what is there.
      expect(leaksOf(envelope, envelope.body)).not.toEqual([]);
    }
  });

  test.each(Object.keys(PAYWAY_EVENTS).filter((name) => PAYWAY_EVENTS[name] === 'ignored'))(
    '%s concerns no run, also without an account',
    (name) => {
      expect(read(paywayEnvelope(name, ACCOUNT).body)).toEqual({ event: undefined, because: 'dropped' });
      expect(read({ event: name })).toEqual({ event: undefined, because: 'dropped' });
    },
  );

  test.each(['account_renamed', 'constructor', '__proto__', 'toString'])('%s is told apart as unknown', (name) => {
    expect(read(paywayEnvelope(name, ACCOUNT).body)).toEqual({ event: undefined, because: 'unknown' });
  });

  test('a setting renames, adds and silences', () => {
    const renamed = payway({ account_confirmed: 'emailVerified', account_changed: 'ignored' });
    expect(renamed(paywayEnvelope('account_confirmed', ACCOUNT).body).event?.kind).toBe('emailVerified');
    expect(renamed(paywayEnvelope('account_changed', ACCOUNT).body).event).toBeUndefined();
    expect(renamed(paywayEnvelope('account_archived', ACCOUNT).body).event?.kind).toBe('accountChanged');
  });

  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'request'],
    ['null', null, 'request'],
    ['a list', [], 'request'],
    ['a text', 'account_changed', 'request'],
    ['a list that nests', DEEP, 'request'],
    ['a name that nests', { event: DEEP }, 'event'],
    [
      'an account that nests',
      { ...paywayEnvelope('account_changed', '').body, payload: { account: DEEP } },
      'payload.account',
    ],
    ['no name', {}, 'event'],
    ['a name that is none', { event: 17 }, 'event'],
    ['no time', { event: 'account_changed', payload: { account: { id: ACCOUNT } } }, 'timestamp'],
    ['no payload', { event: 'account_changed', timestamp: '2026-11-26T08:00:00.540Z' }, 'payload'],
    [
      'an empty account',
      { ...paywayEnvelope('account_changed', '').body, payload: { account: {} } },
      'payload.account.id',
    ],
    ['an id that is none', paywayEnvelope('account_changed', `${ACCOUNT}\n`).body, 'payload.account.id'],
    ['an id of SSI that is none', ssiEnvelope('account_activated', 'kanarie@post.example').body, 'account_id'],
    ['a time long ago', paywayEnvelope('account_changed', ACCOUNT, hoursAgo(8 * 24)).body, 'timestamp'],
    ['a time to come', ssiEnvelope('account_activated', ACCOUNT, hoursAgo(-8 * 24)).body, 'timestamp'],
    ['a time that is none', paywayEnvelope('account_changed', ACCOUNT, 'yesterday').body, 'timestamp'],
  ])('%s is refused by field, without a value', (_, body, field) => {
    const problems = problemsOf(() => read(body));
    expect(problems.map((problem) => problem.split(':')[0])).toContain(field);
    expect(problems.join(' ')).not.toMatch(/kanarie|yesterday|5f2b8c9d/i);
  });
});

test.each([
  ['2026-11-26T08:00:00.540Z', '2026-11-26T09:00:00.540+01:00', true],
  ['2026-11-26T08:00:00.540Z', '2026-11-26T08:00:00.5400000Z', true],
  ['2026-11-26T08:00:00Z', '2026-11-26T08:00:00.000+00:00', true],
  ['2026-11-26T08:00:00.540Z', '2026-11-26T08:00:00.540001Z', false],
  ['2026-11-26T08:00:00.540Z', '2026-11-26T08:00:01.540Z', false],
])('the same account at %s and at %s is the same event: %s', (one, other, expected) => {
  const read = paywayReader({ renamed: {}, oldest: 1000 });
  const at = (id: string, timestamp: string) =>
    read(paywayEnvelope('account_changed', id, timestamp).body, Date.parse('2026-11-26T08:00:00.600Z'));
  const [first, second] = [at(ACCOUNT, one), at(ACCOUNT.toUpperCase(), other)];
  expect(isDeepStrictEqual(first, second)).toBe(expected);
});

describe('a sender that we may ask for a shape', () => {
  const read = now(genericReader());
  const body = { provider: 'facilioo', eventId: 'evt 1', kind: 'emailVerified', accountId: '4711' };
  const { accountId: _, ...nobody } = body;

  test.each<[string, object, object]>([
    ['by account', body, { provider: 'facilioo', kind: 'emailVerified', accountId: '4711' }],
    [
      'by our reference',
      { ...nobody, reference: 'customer-1' },
      { provider: 'facilioo', kind: 'emailVerified', reference: 'customer-1' },
    ],
    [
      'of a member',
      { ...nobody, reference: 'customer-1', kind: 'memberAccepted', member: 'partner' },
      { provider: 'facilioo', kind: 'memberAccepted', reference: 'customer-1', member: 'partner' },
    ],
  ])('tells %s', (_, given, event) => expect(read(given)).toEqual({ event, happening: ['evt 1'] }));

  test.each<[string, object, string]>([
    ['no provider', { ...body, provider: undefined }, 'provider'],
    ['another provider', { ...body, provider: 'acme' }, 'provider'],
    ['no event id', { ...body, eventId: '' }, 'eventId'],
    ['an event id that is none', { ...body, eventId: 'kanarie\n' }, 'eventId'],
    ['an unknown kind', { ...body, kind: 'kanarie' }, 'kind'],
    ['nobody', nobody, 'accountId'],
    ['an account that is none', { ...body, accountId: 'kanarie\n' }, 'accountId'],
    ['a reference that is a national ID', { ...nobody, reference: '19800315-1234' }, 'reference'],
    ['a member that is not asked for', { ...body, member: 'partner' }, 'member'],
    ['no member', { ...body, kind: 'memberAccepted' }, 'member'],
    ['more than was asked for', { ...body, email: 'kanarie@post.example' }, 'email'],
  ])('%s is refused by field, without a value', (_, given, field) => {
    const problems = problemsOf(() => read(given));
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([field]);
    expect(problems.join(' ')).not.toMatch(/kanarie|19800315|acme/i);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'kanarie'],
    ['a field that nests', { ...body, eventId: DEEP }],
    ['a list that nests', DEEP],
  ])('%s is no object of texts', (_, given) => {
    for (const reader of [read, now(genericReader('facilioo'))]) {
      expect(problemsOf(() => reader(given))).toEqual(['request: must be an object of texts; correct it.']);
    }
  });

  test('on a provider’s own route it need not name the provider, and names no other', () => {
    const own = now(genericReader('facilioo'));
    const { provider: _, ...unnamed } = body;
    expect(own(unnamed).event?.provider).toBe('facilioo');
    expect(own(body).event?.provider).toBe('facilioo');
    expect(problemsOf(() => own({ ...body, provider: 'defentry' }))).toEqual([expect.stringMatching(/^provider: /)]);
  });
});

describe('the id of an event', () => {
  const [older, newer] = [makeKey(), makeKey()];
  const id = eventIds(parseKeyRing(older, 'test'), 'tulo-payway');
  const happening = ['account_changed', '2026-11-26T08:00:00.540Z', ACCOUNT];

  test('is the same for the same happening, also in the middle of a rotation of the keys', () => {
    expect(id(happening)).toBe(id([...happening]));
    expect(eventIds(parseKeyRing(`${newer},${older}`, 'test'), 'tulo-payway')(happening)).toBe(id(happening));
  });

  test('differs by each part, by sender and by key', () => {
    const others = [
      ...happening.map((_, index) => id(happening.with(index, 'other'))),
      id([happening.join()]),
      eventIds(parseKeyRing(older, 'test'), 'generic')(happening),
      eventIds(parseKeyRing(newer, 'test'), 'tulo-payway')(happening),
    ];
    expect(new Set([id(happening), ...others]).size).toBe(others.length + 1);
  });

  test('shows neither account nor time, and fits where ids stand', () => {
    expect(id(happening)).toMatch(/^webhook-[A-Za-z0-9_-]{43}$/);
  });
});
