import type { ChangeInput, ChangePolicy } from './change.ts';

/** An ISO 8601 duration of days, hours, minutes and seconds, for example `P14D` or `PT10M`. */
export type IsoDuration = string;

/** What remains of the account when a deadline passes or a run is aborted. */
export const UNDO_MODES = ['keep', 'deactivate', 'remove'] as const;
export type UndoMode = (typeof UNDO_MODES)[number];

export interface WaitPolicy {
  /** Delay before the second look; the first is at once. Doubles from look to look. */
  firstPoll: IsoDuration;
  maxPoll: IsoDuration;
  /** Instants after the start of the wait at which the person is reminded. */
  reminders: IsoDuration[];
  deadline: IsoDuration;
}

export interface Policy {
  emailVerified: WaitPolicy & { atDeadline: UndoMode };
  /** `attempts`: eID sessions opened without a person asking; afterwards a new link comes by reminder or `renewEidLink`. */
  identification: WaitPolicy & { attempts: number };
  memberAccepted: WaitPolicy;
  /** A step that keeps failing for technical reasons. */
  attention: { after: IsoDuration; retryEvery: IsoDuration; deadline: IsoDuration };
  /** Undo that keeps failing is given up and listed as remainder after this time. */
  undoWithin: IsoDuration;
  /** What an abort, a cancel or a rejection leaves at the provider. */
  atAbort: UndoMode;
  /** Least time between two verification mails asked for by `resendVerification`. */
  resendEvery: IsoDuration;
}

/** A request or a deployment overrides single values; what it leaves out keeps the default. */
export type PolicyOverrides = { [K in keyof Policy]?: Policy[K] extends object ? Partial<Policy[K]> : Policy[K] };

/** The one table of defaults (design, section 3). */
export const DEFAULT_POLICY: Policy = {
  emailVerified: {
    firstPoll: 'PT10M',
    maxPoll: 'PT1H',
    reminders: ['P1D', 'P3D', 'P7D'],
    deadline: 'P14D',
    atDeadline: 'deactivate',
  },
  identification: {
    firstPoll: 'PT10M',
    maxPoll: 'PT1H',
    reminders: ['P1D', 'P7D', 'P21D'],
    deadline: 'P30D',
    attempts: 10,
  },
  memberAccepted: { firstPoll: 'PT1H', maxPoll: 'PT6H', reminders: ['P2D', 'P7D'], deadline: 'P30D' },
  attention: { after: 'PT1H', retryEvery: 'PT15M', deadline: 'P30D' },
  undoWithin: 'P1D',
  atAbort: 'remove',
  resendEvery: 'PT5M',
};

export function resolvePolicy(overrides: PolicyOverrides = {}): Policy {
  return {
    emailVerified: { ...DEFAULT_POLICY.emailVerified, ...overrides.emailVerified },
    identification: { ...DEFAULT_POLICY.identification, ...overrides.identification },
    memberAccepted: { ...DEFAULT_POLICY.memberAccepted, ...overrides.memberAccepted },
    attention: { ...DEFAULT_POLICY.attention, ...overrides.attention },
    undoWithin: overrides.undoWithin ?? DEFAULT_POLICY.undoWithin,
    atAbort: overrides.atAbort ?? DEFAULT_POLICY.atAbort,
    resendEvery: overrides.resendEvery ?? DEFAULT_POLICY.resendEvery,
  };
}

/** Of the changes of an account that is there: the same table, and a new address waits as the first one did. */
export const DEFAULT_CHANGE_POLICY: ChangePolicy = {
  emailChanged: {
    firstPoll: DEFAULT_POLICY.emailVerified.firstPoll,
    maxPoll: DEFAULT_POLICY.emailVerified.maxPoll,
    reminders: DEFAULT_POLICY.emailVerified.reminders,
    deadline: DEFAULT_POLICY.emailVerified.deadline,
  },
  memberAccepted: DEFAULT_POLICY.memberAccepted,
  attention: DEFAULT_POLICY.attention,
  undoWithin: DEFAULT_POLICY.undoWithin,
  resendEvery: DEFAULT_POLICY.resendEvery,
};

/** How long an offboarding keeps the deactivated account, so that a mistake can be taken back. */
export const DEFAULT_KEEP_FOR: IsoDuration = 'P30D';

export function resolveChangePolicy(overrides: ChangeInput['policy'] = {}): ChangePolicy {
  return {
    emailChanged: { ...DEFAULT_CHANGE_POLICY.emailChanged, ...overrides.emailChanged },
    memberAccepted: { ...DEFAULT_CHANGE_POLICY.memberAccepted, ...overrides.memberAccepted },
    attention: { ...DEFAULT_CHANGE_POLICY.attention, ...overrides.attention },
    undoWithin: overrides.undoWithin ?? DEFAULT_CHANGE_POLICY.undoWithin,
    resendEvery: overrides.resendEvery ?? DEFAULT_CHANGE_POLICY.resendEvery,
  };
}
