import type { IsoDuration } from '../../contract/duration.ts';
import type {
  Finding,
  FindingKind,
  ReconcileInput,
  ReconcilePolicy,
  Reconciliation,
  ReconciliationCounts,
  ReconciliationOutcome,
  ReconciliationProgress,
} from '../../contract/reconciliation.ts';
import { DEFAULT_RECONCILE_POLICY, FINDING_KINDS, MOST_FINDINGS } from '../../contract/reconciliation.ts';
import { iso } from '../engine/time.ts';

/** What a run carries from page to page and through a continue-as-new. Bounded, however many accounts there are. */
export interface ReconciliationState {
  input: ReconcileInput;
  policy: ReconcilePolicy;
  startedAt: number;
  phase: ReconciliationProgress['phase'];
  /** Of the next page of the phase; absent before the first. */
  cursor?: string;
  pages: number;
  counts: ReconciliationCounts;
  findings: Finding[];
  unlisted: number;
  foreignSought: boolean;
  retention?: number;
  /** The failure type for which the rest is not looked at. */
  stopped?: string;
}

/** What one page adds; counts left out are 0. */
export interface PageOf extends Partial<Omit<ReconciliationCounts, 'findings'>> {
  found: Finding[];
}

const NO_FINDINGS: Record<FindingKind, number> = {
  missing: 0,
  foreign: 0,
  'half-done': 0,
  'monitoring-off': 0,
  'monitoring-on': 0,
  member: 0,
  unreadable: 0,
};

export function newReconciliation(input: ReconcileInput, at: number): ReconciliationState {
  const { pause, readWithin }: Partial<Record<keyof ReconcilePolicy, IsoDuration>> = input.policy ?? {};
  return {
    input,
    policy: {
      pause: pause ?? DEFAULT_RECONCILE_POLICY.pause,
      readWithin: readWithin ?? DEFAULT_RECONCILE_POLICY.readWithin,
    },
    startedAt: at,
    phase: 'known',
    pages: 0,
    counts: { known: 0, agreed: 0, differing: 0, undecided: 0, listed: 0, unclaimed: 0, findings: NO_FINDINGS },
    findings: [],
    unlisted: 0,
    foreignSought: false,
  };
}

/** Adds a page. A finding that is listed already is the same one: accounts whose runs go on meanwhile may come twice. */
export function withPage(state: ReconciliationState, { found, ...more }: PageOf): ReconciliationState {
  const listed = new Set(state.findings.map(keyOf));
  const fresh = found.filter((finding) => !listed.has(keyOf(finding)));
  const counts = { ...state.counts, findings: { ...state.counts.findings } };
  for (const field of ['known', 'agreed', 'differing', 'undecided', 'listed', 'unclaimed'] as const) {
    counts[field] += more[field] ?? 0;
  }
  for (const { kind } of fresh) counts.findings[kind] += 1;
  const room = Math.max(0, MOST_FINDINGS - state.findings.length);
  return {
    ...state,
    pages: state.pages + 1,
    counts,
    findings: [...state.findings, ...fresh.slice(0, room)],
    unlisted: state.unlisted + Math.max(0, fresh.length - room),
  };
}

export function atCursor(state: ReconciliationState, cursor: string | undefined): ReconciliationState {
  const { cursor: _, ...rest } = state;
  return cursor === undefined ? rest : { ...rest, cursor };
}

export function inPhase(state: ReconciliationState, phase: ReconciliationState['phase']): ReconciliationState {
  return { ...atCursor(state, undefined), phase };
}

export function outcomeOf({ stopped, counts }: ReconciliationState): ReconciliationOutcome {
  if (stopped !== undefined) return 'stopped';
  return Object.values(counts.findings).some((count) => count > 0) ? 'differences' : 'agreed';
}

export function toProgress({ input, startedAt, phase, pages, counts }: ReconciliationState): ReconciliationProgress {
  const { provider, reference } = input;
  return {
    provider,
    ...(reference === undefined ? {} : { reference }),
    startedAt: iso(startedAt),
    phase,
    pages,
    counts,
  };
}

export function toReconciliation(state: ReconciliationState, at: number): Reconciliation {
  const { phase: _, pages: __, ...story } = toProgress(state);
  const { findings, unlisted, foreignSought, retention, stopped } = state;
  return {
    ...story,
    outcome: outcomeOf(state),
    ...(stopped === undefined ? {} : { code: stopped }),
    endedAt: iso(at),
    findings,
    unlisted,
    foreignSought,
    ...(retention === undefined ? {} : { retention }),
  };
}

/** What a person reads in the Temporal UI. */
export function reconciliationDetails(title: string, state: ReconciliationState): string {
  const { counts, phase, pages, stopped } = state;
  const at = { known: 'Reading accounts that our runs tell of', listed: 'Reading the provider’s list', ended: 'Ended' };
  return [
    title,
    '',
    `**${at[phase]}${stopped === undefined ? '' : ` early: ${stopped}`}, ${pages} pages so far.**`,
    '',
    `- ${counts.known} known, ${counts.agreed} agree, ${counts.differing} differ, ${counts.undecided} undecided`,
    `- ${counts.listed} listed by the provider, ${counts.unclaimed} of them without a reference of ours`,
    ...FINDING_KINDS.map((kind) => `- ${kind}: ${counts.findings[kind]}`),
  ].join('\n');
}

function keyOf({ kind, code, reference, accountId, member }: Finding): string {
  return [kind, code, reference, accountId, member].join('/');
}
