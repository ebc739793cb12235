import type {
  Accountable,
  AttentionProgress,
  Decision,
  Resolution,
  StepProgress,
  WaitProgress,
} from '../../contract/progress.ts';
import { isSettledStatus, type SettledStatus } from '../../contract/progress.ts';
import type { WaitPolicy } from '../../contract/policy.ts';
import { iso, limit, milliseconds } from './time.ts';

/** A wait in absolute instants (epoch milliseconds), so that neither a continue-as-new nor a reset extends it. */
export interface WaitState {
  for: WaitProgress['for'];
  since: number;
  deadline: number;
  reminders: number[];
  remindersSent: number;
}

/** What every run has: steps, at most one wait, at most one call for an operator. JSON in, JSON out. */
export interface RunState<Step extends string> {
  steps: StepProgress<Step>[];
  wait?: WaitState | undefined;
  attention?: AttentionProgress | undefined;
  /** Calls for an operator so far; absent before the first. */
  calls?: number;
  /** The operator's decision, until the step has taken it. */
  decision?: Resolution | undefined;
  /** All decisions so far, oldest first; absent before the first. */
  decisions?: Decision[];
  /** A fixed word. */
  outcome?: string;
  /** By which a webhook finds the run; once the account is known. */
  accountHash?: string;
}

export function pendingSteps<Step extends string>(names: readonly Step[]): StepProgress<Step>[] {
  return names.map((name) => ({ name, status: 'pending', restarts: 0 }));
}

export function stepOf<Step extends string>(state: RunState<Step>, name: Step): StepProgress<Step> {
  return state.steps.find((step) => step.name === name)!;
}

export function isSettled<Step extends string>(state: RunState<Step>, name: Step): boolean {
  return isSettledStatus(stepOf(state, name).status);
}

export function startStep<S extends RunState<string>>(state: S, name: string, at: number): S {
  return withStep(state, name, (step) => ({
    name,
    status: 'running',
    restarts: step.startedAt === undefined ? 0 : step.restarts + 1,
    startedAt: step.startedAt ?? iso(at),
  }));
}

/** A code that called for an operator on the way is not how the step has ended. */
export function endStep<S extends RunState<string>>(
  state: S,
  name: string,
  status: SettledStatus,
  at: number,
  code?: string,
): S {
  return withStep(state, name, ({ restarts, startedAt = iso(at) }) => ({
    name,
    status,
    restarts,
    startedAt,
    endedAt: iso(at),
    ...(code === undefined ? {} : { code }),
  }));
}

/** Another code for the call that is open does not make it a new one. */
export function raiseAttention<S extends RunState<string>>(state: S, asked: Omit<AttentionProgress, 'call'>): S {
  const { step: name, code } = asked;
  const call = state.attention?.call ?? (state.calls ?? 0) + 1;
  return withStep({ ...state, calls: call, attention: { ...asked, call }, decision: undefined }, name, (step) => ({
    ...step,
    status: 'attention',
    code,
  }));
}

/** More decisions than this are a person or a program in a loop: the oldest go, so that the state stays small. */
const REMEMBERED = 100;

/** Hands the operator's decision to the step that waits for it, and keeps it on record. */
export function decide<S extends RunState<string>>(
  state: S,
  decision: { step: string; action: Resolution } & Accountable,
  at: number,
): S {
  const { action } = decision;
  return recorded({ ...state, decision: action }, { at: iso(at), code: state.attention!.code, ...decision });
}

/** Keeps on record who cancels the run, and why. */
export function cancelRecorded<S extends RunState<string>>(state: S, words: Accountable, at: number): S {
  return recorded(state, { at: iso(at), action: 'cancel', ...words });
}

/** Oldest first. */
export function recorded<S extends RunState<string>>(state: S, decision: Decision): S {
  return { ...state, decisions: [...(state.decisions ?? []), decision].slice(-REMEMBERED) };
}

export function clearAttention<S extends RunState<string>>(state: S): S {
  return { ...state, attention: undefined, decision: undefined };
}

/** Opens the wait, or leaves the one that is open for the same thing as it is. */
export function openWait<S extends RunState<string>>(
  state: S,
  step: string,
  what: WaitState['for'],
  policy: Pick<WaitPolicy, 'deadline' | 'reminders'>,
  at: number,
): S {
  const wait: WaitState =
    state.wait?.for === what
      ? state.wait
      : {
          for: what,
          since: at,
          deadline: at + limit(policy.deadline),
          reminders: policy.reminders.map((after) => at + milliseconds(after)).toSorted((a, b) => a - b),
          remindersSent: 0,
        };
  return withStep({ ...state, wait }, step, (current) => ({ ...current, status: 'waiting' }));
}

/** Reminders due at or before `at` are done with, however many a long outage has made late: the person gets one mail, not three. */
export function countReminders<S extends RunState<string>>(state: S, at: number): S {
  if (!state.wait) return state;
  const remindersSent = state.wait.reminders.filter((due) => due <= at).length;
  return { ...state, wait: { ...state.wait, remindersSent } };
}

export function closeWait<S extends RunState<string>>(state: S): S {
  return { ...state, wait: undefined };
}

export function nextReminder(wait: WaitState): number | undefined {
  return wait.reminders[wait.remindersSent];
}

export function waitProgress(wait: WaitState): WaitProgress {
  const next = nextReminder(wait);
  return {
    for: wait.for,
    since: iso(wait.since),
    deadline: iso(wait.deadline),
    remindersSent: wait.remindersSent,
    ...(next === undefined || next >= wait.deadline ? {} : { nextReminder: iso(next) }),
  };
}

function withStep<S extends RunState<string>>(state: S, name: string, change: (step: StepProgress) => StepProgress): S {
  return { ...state, steps: state.steps.map((step) => (step.name === name ? change(step) : step)) };
}
