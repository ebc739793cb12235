import { DEFAULT_POLICY } from '../../../contract/policy.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';
import { checklist } from '../../../workflows/engine/checklist.ts';
import { remember, takeHint } from '../../../workflows/engine/hints.ts';
import {
  carriedOn,
  dropMemberSsn,
  dropSsn,
  newOnboarding,
  openMembers,
  setMember,
} from '../../../workflows/onboarding/state.ts';
import { newMemberRun } from '../../../workflows/member/state.ts';
import { gapsOf, nextSentence, toProgress } from '../../../workflows/onboarding/progress.ts';
import {
  closeWait,
  countReminders,
  decide,
  endStep,
  isSettled,
  nextReminder,
  openWait,
  raiseAttention,
  startStep,
  stepOf,
} from '../../../workflows/engine/state.ts';
import { corrected, correctionRefusal, memberCorrectionRefusal } from '../../../workflows/onboarding/correction.ts';

const DAY = 86_400_000;
const AT = Date.parse('2026-01-01T00:00:00Z');
const SSN = '19900101-1234';
const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: SSN };
const request: OnboardingRequest = {
  provider: 'defentry',
  reference: 'c-1',
  kind: 'family',
  person,
  members: [{ reference: 'anna', person }],
  identification: { scheme: 'BANKID', returnUrl: 'https://bank.example' },
};
const fresh = newOnboarding(request);
const waiting = openWait(fresh, 'verifyEmail', 'emailVerified', DEFAULT_POLICY.emailVerified, AT);

it('is the same after JSON, whatever has happened: continue-as-new carries it as JSON', () => {
  const attention = { step: 'verifyEmail', since: '', deadline: '', code: 'Invalid', allowed: ['retry' as const] };
  const full = raiseAttention(takeHint(waiting, 'emailVerified', 'e-1'), attention);
  expect(JSON.parse(JSON.stringify(full))).toEqual(full);
  expect(structuredClone(full)).toEqual(full);
  expect(toProgress(JSON.parse(JSON.stringify(full)))).toEqual(toProgress(full));
});

it('keeps the last hundred decisions, oldest first', () => {
  const attention = { step: 'verifyEmail', since: '', deadline: '', code: 'Invalid', allowed: ['retry' as const] };
  const made = Array.from(
    { length: 103 },
    (_, index) => ({ step: 'verifyEmail', action: 'retry', reason: `${index}` }) as const,
  );
  const { decisions, decision } = made.reduce((state, one) => decide(raiseAttention(state, attention), one, AT), fresh);
  expect(decision).toBe('retry');
  expect(decisions?.map(({ reason }) => reason)).toEqual(made.slice(3).map(({ reason }) => reason));
  expect(decisions?.[0]).toEqual({ at: '2026-01-01T00:00:00.000Z', code: 'Invalid', ...made[3] });
});

it('is not changed by a transition: a new state comes out', () => {
  const before = structuredClone(fresh);
  endStep(startStep(fresh, 'checkRequest', AT), 'checkRequest', 'done', AT);
  setMember(fresh, 'anna', { status: 'open' });
  expect(fresh).toEqual(before);
});

it('drops the SSN of the customer and of a member, and shows it nowhere', () => {
  const dropped = dropMemberSsn(dropSsn(fresh), 'anna');
  expect(JSON.stringify(dropped)).not.toContain(SSN);
  expect(dropped.request.members).toHaveLength(1);
  expect(dropped.ssnGiven).toBe(true);
  expect(
    JSON.stringify(toProgress(fresh)) + checklist({ title: '', sentence: nextSentence(fresh), state: fresh }),
  ).not.toContain(SSN);
});

it('counts a restart of a step, keeps when it first began, and clears the old code', () => {
  const failed = endStep(startStep(fresh, 'createAccount', AT), 'createAccount', 'failed', AT + 1, 'Invalid');
  const again = stepOf(startStep(failed, 'createAccount', AT + 2), 'createAccount');
  expect(again).toEqual({
    name: 'createAccount',
    status: 'running',
    restarts: 1,
    startedAt: '2026-01-01T00:00:00.000Z',
  });
});

it.each([
  ['before the first', 0, 0, DAY],
  ['at the first', DAY, 1, 3 * DAY],
  ['after an outage over two of them', 4 * DAY, 2, 7 * DAY],
  ['after the last', 8 * DAY, 3, undefined],
])('counts the reminders that are due %s', (_, after, sent, next) => {
  const counted = countReminders(waiting, AT + after);
  expect(counted.wait!.remindersSent).toBe(sent);
  expect(nextReminder(counted.wait!)).toBe(next === undefined ? undefined : AT + next);
});

it('keeps the deadline of a wait that is opened again for the same thing', () => {
  const again = openWait(waiting, 'verifyEmail', 'emailVerified', DEFAULT_POLICY.emailVerified, AT + 5 * DAY);
  expect(again.wait).toEqual(waiting.wait);
  const other = openWait(waiting, 'identify', 'identification', DEFAULT_POLICY.identification, AT);
  expect(other.wait!.deadline).toBe(AT + 30 * DAY);
  expect(closeWait(waiting).wait).toBeUndefined();
});

it('takes an event id once, remembers the last two hundred', () => {
  const once = takeHint(fresh, 'emailVerified', 'e-1');
  expect(takeHint(once, 'emailVerified', 'e-1')).toBe(once);
  expect(takeHint(once, 'identification', 'e-1').hints).toEqual({ emailVerified: 1, identification: 1 });
  const many = Array.from({ length: 500 }, (_, index) => `e-${index}`);
  const seen = many.reduce<string[]>((list, id) => remember(list, id) ?? list, []);
  expect([seen.length, seen.at(0), seen.at(-1)]).toEqual([200, 'e-300', 'e-499']);
});

it('lists gaps of steps and of members that are not in', () => {
  const skipped = endStep(fresh, 'enrolWatchlists', 'skipped', AT, 'skipped');
  expect(gapsOf(setMember(skipped, 'anna', { status: 'gap', code: 'deadline' }))).toEqual([
    { step: 'enrolWatchlists', reason: 'skipped' },
    { step: 'members.anna', reason: 'deadline' },
  ]);
  expect(openMembers(setMember(fresh, 'anna', { status: 'removed' }))).toEqual([]);
});

const created = endStep(fresh, 'createAccount', 'done', AT);
const creating = startStep(fresh, 'createAccount', AT);
const failedBy = (code: string) =>
  raiseAttention(creating, { step: 'createAccount', code, since: '', deadline: '', allowed: ['retry'] });
it.each([
  ['person.email', startStep(fresh, 'checkRequest', AT), /is being checked/],
  ['person.email', creating, /may have this value already/],
  ['person.email', failedBy('UnknownOutcome'), /may have this value already/],
  ['person.email', failedBy('ContractViolation'), /may have this value already/],
  ['person.email', { ...failedBy('Invalid'), answerLost: true }, /may have this value already/],
  ['identification.returnUrl', { ...failedBy('Invalid'), answerLost: true }, /^none$/],
  ['person.email', failedBy('Invalid'), /^none$/],
  ['person.email', failedBy('Conflict'), /^none$/],
  ['person.email', fresh, /^none$/],
  ['person.ssn', fresh, /^none$/],
  ['planId', fresh, /^none$/],
  ['identification.returnUrl', created, /^none$/],
  ['company.name', fresh, /names no value of this request/],
  ['existingCustomer.zipCode', fresh, /names no value of this request/],
  ['reference', fresh, /names no value of this request/],
  ['person.__proto__', fresh, /names no value of this request/],
  ['person.ssn', created, /only when the account is created/],
  ['person.email', created, /was created with this value/],
  ['identification.returnUrl', endStep(created, 'identify', 'done', AT), /has ended/],
])('corrects %s while nothing was sent, else says why not', (path, state, refusal) => {
  expect(correctionRefusal(state, path) ?? 'none').toMatch(refusal);
});

it('corrects a member only while no answer to its addition was lost', () => {
  const input = {
    provider: 'defentry',
    ownerReference: 'c-1',
    accountId: 'acc-1',
    member: { reference: 'anna', person },
    policy: DEFAULT_POLICY,
    evidence: 'read',
    canRemove: true,
    acceptances: [],
  } as const;
  const adding = startStep(newMemberRun({ ...input, acceptances: [] }), 'addMember', AT);
  const refused = raiseAttention(adding, { step: 'addMember', code: 'Invalid', since: '', deadline: '', allowed: [] });
  expect(memberCorrectionRefusal(refused, 'person.email')).toBeUndefined();
  expect(memberCorrectionRefusal({ ...refused, answerLost: true }, 'person.email')).toMatch(/may have this value/);
});

it('puts the corrected value where it belongs', () => {
  expect(corrected(fresh, 'person.email', 'new@example.com').request.person).toEqual({
    ...person,
    email: 'new@example.com',
  });
  expect(isSettled(fresh, 'createAccount')).toBe(false);
});

it.each([
  ['existingCustomer.customerNumber', { customerNumber: 'new', zipCode: '27567' }],
  ['existingCustomer.zipCode', { customerNumber: 'A-4711', zipCode: 'new' }],
])('puts a corrected %s beside what stays', (path, existingCustomer) => {
  const asked = { customerNumber: 'A-4711', zipCode: '27567' };
  const state = { ...fresh, request: { ...fresh.request, existingCustomer: asked } };
  expect(correctionRefusal(state, path)).toBeUndefined();
  expect(corrected(state, path, 'new').request.existingCustomer).toEqual(existingCustomer);
});

it('drops the SSNs that a state of an older version has kept once the account is there', () => {
  const old = { ...created, members: dropMemberSsn(created, 'anna').members };
  expect(JSON.stringify(carriedOn(old))).not.toContain(SSN);
  expect(carriedOn(fresh)).toEqual(fresh);
});

it('goes on with a state of an older version, whose steps were fewer', () => {
  const old = { ...created, steps: created.steps.filter(({ name }) => name !== 'sendPasswordReset') };
  const carried = carriedOn(old);
  expect(carried.steps.map(({ name }) => name)).toEqual(fresh.steps.map(({ name }) => name));
  expect(isSettled(carried, 'createAccount')).toBe(true);
  expect(isSettled(carried, 'sendPasswordReset')).toBe(false);
});
