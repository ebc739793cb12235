import {
  FINDING_KINDS,
  type FindingKind,
  type Reconciliation,
  type ReconciliationOutcome,
} from '../../contract/reconciliation.ts';

/** A title, and what it means with what to do. */
export const KIND_WORDS: Record<FindingKind, { title: string; meaning: string }> = {
  missing: {
    title: 'Missing',
    meaning:
      'Our runs say the account lives; the provider has none. Ask the provider, or onboard the customer anew under another reference.',
  },
  foreign: {
    title: 'Foreign',
    meaning:
      'The provider has an account under a reference of ours that no run of ours made, or whose runs are older than the retention.',
  },
  'half-done': {
    title: 'Half done',
    meaning: 'The account is not in the state in which our runs left it; the code says how.',
  },
  'monitoring-off': {
    title: 'Monitoring off',
    meaning: 'SSN monitoring was asked for and proven on, and is off without a reason on record.',
  },
  'monitoring-on': {
    title: 'Monitoring on',
    meaning: 'SSN monitoring was switched off here, and is on. Ask the customer before it is switched off again.',
  },
  member: { title: 'Members', meaning: 'A member who accepted is gone, or one is there whom nobody here added.' },
  unreadable: { title: 'Unreadable', meaning: 'The provider did not answer for this account; the code says why.' },
};

export const OUTCOME_WORDS: Record<ReconciliationOutcome, string> = {
  agreed: 'No differences.',
  differences: 'There are differences.',
  stopped: 'Stopped early: the provider could not be read, so the rest was not looked at.',
};

/** What the numbers do not say. */
export function limitsOf({ foreignSought, reference, retention, unlisted }: Reconciliation): string[] {
  return [
    ...(reference === undefined && !foreignSought
      ? ['Foreign accounts were not looked for: the provider cannot list its accounts.']
      : []),
    ...(retention === undefined
      ? []
      : [
          `Temporal keeps a run that has ended for ${daysOf(retention)}. Of accounts whose runs are all older nothing is known here: they are not compared, and count as foreign.`,
        ]),
    ...(unlisted > 0 ? [`${unlisted} more findings are counted, but not listed.`] : []),
  ];
}

export function findingCount({ counts }: Reconciliation): number {
  return FINDING_KINDS.reduce((sum, kind) => sum + counts.findings[kind], 0);
}

function daysOf(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  return days >= 1 ? `${days} ${days === 1 ? 'day' : 'days'}` : `${Math.floor(seconds / 3600)} hours`;
}
