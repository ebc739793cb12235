import type { ChangeKind, ChangeProgress, ChangesResult } from '../../contract/change.ts';
import type { ErasureRecord, OffboardingOutcome } from '../../contract/offboarding.ts';
import type { OnboardingResult, Remainder } from '../../contract/progress.ts';
import type { Belief } from '../../contract/runs.ts';
import type { Asked, Told } from './endings.ts';

/** What the runs of one account say together, told in the order of their starts. Later runs say it over earlier ones. */
export function believe(reference: string, told: readonly Told[]): Belief {
  const nothing: Belief = { reference, account: 'unknown', open: false, ssnMonitoring: 'unknown', asOf: iso(0) };
  return told.reduce((belief, one) => ({ ...after(belief, one), ...known(belief, one) }), nothing);
}

/** An erasure waits for a month beside an account that is compared all the same. */
function known({ open, asOf }: Belief, { type, run }: Told): Pick<Belief, 'open' | 'asOf'> {
  if (type === 'erasure') return { open, asOf: asOf === iso(0) ? iso(run.startedAt) : asOf };
  const told = iso(run.endedAt ?? run.startedAt);
  return { open: open || run.endedAt === undefined, asOf: told > asOf ? told : asOf };
}

function after(belief: Belief, told: Told): Belief {
  if (told.type === 'erasure') return belief;
  if (told.type === 'onboarding') return { ...belief, ...onboarded(told) };
  if (told.type === 'change') return told.result ? changed(belief, told.result) : unsure(belief);
  return told.result ? offboarded(belief, told.result) : { ...unsure(belief), account: 'unknown' };
}

/** What an open or unreadable run of changes may have done to the account. */
function unsure(belief: Belief): Belief {
  return { ...withoutMembers(belief), ssnMonitoring: 'unknown', account: loose(belief.account) };
}

/** There, but whether it may be used is not known. */
function loose(account: Belief['account']): Belief['account'] {
  return account === 'active' || account === 'deactivated' ? 'kept' : account;
}

function withoutMembers(belief: Belief): Belief {
  const { members: _, ...rest } = belief;
  return rest;
}

function onboarded({ run, asked, result }: Extract<Told, { type: 'onboarding' }>): Partial<Belief> {
  if (!result) return { account: run.endedAt === undefined && run.accountKnown ? 'kept' : 'unknown' };
  const { outcome, accountId, members, remainder = [] } = result;
  return {
    outcome,
    ...(accountId === undefined ? {} : { accountId }),
    account: accountAfter(result, asked),
    ssnMonitoring: monitoringAfter(result, asked),
    members: members
      .filter(({ status }) => status !== 'removed' && status !== 'failed')
      .map(({ reference, status }) => ({ reference, accepted: status === 'accepted' })),
    ...left(remainder),
  };
}

/** An account whose address nobody had to confirm may still be inactive, and one that was kept by policy may be anything. */
function accountAfter({ account, gaps }: OnboardingResult, asked: Asked | undefined): Belief['account'] {
  const confirmed = asked?.awaitEmailVerified !== false && !gaps.some(({ step }) => step === 'verifyEmail');
  return account === 'active' && !confirmed ? 'kept' : account;
}

/** Where nobody here asked, a vendor may have switched it on by itself. */
function monitoringAfter({ outcome, gaps }: OnboardingResult, asked: Asked | undefined): Belief['ssnMonitoring'] {
  const completed = outcome === 'completed' || outcome === 'completed-with-gaps';
  const isOn = completed && asked?.ssnMonitoring === true && !gaps.some(({ step }) => step === 'enableSsnMonitoring');
  return isOn ? 'yes' : 'unknown';
}

function left(remainder: readonly Remainder[]): Pick<Belief, 'left'> {
  if (remainder.length === 0) return {};
  return { left: remainder.some(({ step }) => step === 'createAccount') ? 'account' : 'parts' };
}

function changed(belief: Belief, { changes }: ChangesResult): Belief {
  return changes.filter(mayHaveEffect).reduce((before, { kind, status }) => {
    return EFFECTS[kind]?.(before, status === 'done') ?? before;
  }, belief);
}

function mayHaveEffect({ status }: ChangeProgress): boolean {
  return status === 'done' || status === 'failed';
}

/** What follows from a change; a kind that is not here changes nothing that is compared. */
const EFFECTS: Partial<Record<ChangeKind, (belief: Belief, done: boolean) => Belief>> = {
  'ssn-monitoring-on': (belief, done) => ({
    ...belief,
    ssnMonitoring: done || belief.ssnMonitoring === 'yes' ? 'yes' : 'unknown',
  }),
  'ssn-monitoring-off': (belief, done) => ({ ...belief, ssnMonitoring: done ? 'no' : 'unknown' }),
  // Whether a vendor goes on monitoring for an account that is not in use is not documented.
  activate: (belief, done) => ({ ...belief, account: done ? 'active' : 'kept', ssnMonitoring: 'unknown' }),
  deactivate: (belief, done) => ({
    ...unleft(belief),
    account: done ? 'deactivated' : 'kept',
    ssnMonitoring: 'unknown',
  }),
  // Monitoring belongs to some plans.
  'upgrade-plan': (belief) => ({ ...belief, ssnMonitoring: 'unknown' }),
  'downgrade-plan': (belief) => ({ ...belief, ssnMonitoring: 'unknown' }),
  'change-email': (belief) => ({ ...belief, account: loose(belief.account) }),
  'delete-email': (belief) => ({ ...belief, account: loose(belief.account) }),
  'add-member': withoutMembers,
  'remove-member': withoutMembers,
  'invite-member': withoutMembers,
};

/** Deactivated afterwards, what an undo had left is in order. */
function unleft(belief: Belief): Belief {
  const { left: _, ...rest } = belief;
  return rest;
}

const AFTER_OFFBOARDING: Record<OffboardingOutcome, Belief['account']> = {
  removed: 'none',
  'nothing-there': 'none',
  deactivated: 'deactivated',
  kept: 'kept',
  'brought-back': 'active',
  aborted: 'kept',
};

function offboarded(belief: Belief, { outcome, accountId, removed }: ErasureRecord): Belief {
  return {
    ...unleft(withoutMembers(belief)),
    ...(accountId === undefined ? {} : { accountId }),
    account: AFTER_OFFBOARDING[outcome],
    ssnMonitoring: removed.some(({ what }) => what === 'ssn-monitoring') ? 'no' : 'unknown',
    ...(outcome === 'aborted' ? { left: 'offboarding' } : {}),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
