import { parseDuration } from '../../contract/duration.ts';
import {
  changeRunId,
  deliveryId,
  memberId,
  offboardingId,
  onboardingId,
  parseOnboardingId,
  parseRunId,
  referenceOf,
  runId,
  type RunAddress,
} from '../../contract/ids.ts';
import { DEFAULT_POLICY, resolvePolicy } from '../../contract/policy.ts';

it.each([
  ['P14D', 14 * 86_400_000],
  ['PT10M', 600_000],
  ['P1DT2H3M4.5S', 93_784_500],
  ['PT0S', 0],
  ['P', undefined],
  ['PT', undefined],
  ['P1DT', undefined],
  ['P1M', undefined],
  ['P1Y', undefined],
  ['14 days', undefined],
  ['-P1D', undefined],
  ['', undefined],
])('reads the duration %j', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

it.each([
  [onboardingId('tulo-payway', 'c_1'), { provider: 'tulo-payway', reference: 'c_1' }],
  [memberId('defentry', 'c-1', 'm1'), { provider: 'defentry', reference: 'c-1', member: 'm1' }],
  ['onboarding.defentry', undefined],
  ['onboarding.defentry.c.member', undefined],
  ['onboarding.defentry.c.other.m', undefined],
  ['onboarding.defentry.c.member.m.more', undefined],
  ['onboarding.defentry.a b', undefined],
  ['other.defentry.c', undefined],
])('parses the id %s', (id, parts) => {
  expect(parseOnboardingId(id)).toEqual(parts);
});

it.each<[string, RunAddress]>([
  ['onboarding.defentry.c', { type: 'onboarding', provider: 'defentry', reference: 'c' }],
  ['onboarding.defentry.c.member.m', { type: 'onboarding', provider: 'defentry', reference: 'c', member: 'm' }],
  ['change.facilioo.c', { type: 'change', provider: 'facilioo', reference: 'c' }],
  ['offboarding.tulo-payway.c', { type: 'offboarding', provider: 'tulo-payway', reference: 'c' }],
])('builds and parses the id of a customer’s run: %s', (id, address) => {
  expect(runId(address)).toBe(id);
  expect(parseRunId(id)).toEqual(address);
});

it.each(['change.defentry', 'change.defentry.c.member.m', 'event.defentry.c', 'offboarding.defentry.a b'])(
  'takes %s for somebody else’s',
  (id) => expect(parseRunId(id)).toBeUndefined(),
);

it.each([
  [onboardingId('defentry', 'c-1'), 'c-1'],
  [memberId('defentry', 'c-1', 'm1'), 'c-1'],
  [changeRunId('defentry', 'c-1'), 'c-1'],
  [offboardingId('defentry', 'c-1'), 'c-1'],
  [deliveryId('defentry', 'digest'), undefined],
  ['other', undefined],
])('reads whose run %s is', (id, reference) => {
  expect(referenceOf(id)).toBe(reference);
});

it.each(['', 'a.b', 'a b', 'å', 'ada@example.com', 'x'.repeat(65)])('never builds an id from %j', (part) => {
  expect(() => onboardingId('defentry', part)).toThrow(/reference must match/);
  expect(() => memberId('defentry', 'c', part)).toThrow(/member must match/);
});

it('overrides single values of a policy and keeps the other defaults', () => {
  const policy = resolvePolicy({ emailVerified: { deadline: 'P1D' }, atAbort: 'keep' });
  expect(policy.emailVerified).toEqual({ ...DEFAULT_POLICY.emailVerified, deadline: 'P1D' });
  expect([policy.atAbort, policy.identification]).toEqual(['keep', DEFAULT_POLICY.identification]);
});

it('has defaults that can be read', () => {
  const durations = JSON.stringify(DEFAULT_POLICY)
    .match(/"P[^"]*"/g)!
    .map((text) => JSON.parse(text) as string);
  expect(durations.length).toBeGreaterThan(15);
  expect(durations.filter((text) => parseDuration(text) === undefined)).toEqual([]);
});
