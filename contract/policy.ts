import type { IsoDuration } from './duration.ts';

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
export type Overrides<P> = { [K in keyof P]?: P[K] extends object ? Partial<P[K]> : P[K] };
export type PolicyOverrides = Overrides<Policy>;

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
