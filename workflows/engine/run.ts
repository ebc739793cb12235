import {
  type CancellationScope,
  allHandlersFinished,
  makeContinueAsNewFunc,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Policy } from '../../contract/policy.ts';
import type { ProviderName } from '../../contract/request.ts';
import { ACCOUNT, DEADLINE, OUTCOME, STAGE, WAITING_FOR } from '../../contract/search-attributes.ts';
import { throwIfCancelled } from './beside.ts';
import type { Provider } from './provider.ts';
import { providerOf } from './provider.ts';
import type { RunState } from './state.ts';
import { currentStep } from '../onboarding/progress.ts';
import { asDate, MINUTE, now } from './time.ts';

/** One run: its state and how it is shown. Everything that must survive a continue-as-new is in `state`. */
export interface Run<State extends RunState<string> = RunState<string>> {
  state: State;
  readonly provider: Provider;
  /** The text of the run's current details. */
  readonly describe: (state: State) => string;
  /** Starts the next run of the same workflow with this state; never returns. */
  readonly continueWith: (state: State) => Promise<never>;
  /** What handlers of messages are in the middle of. */
  readonly handling: Set<CancellationScope>;
  /** Hints on their way to other runs. */
  readonly hinting: Set<string>;
  /** Since when the run has gone on without being searchable by it; nothing while it is. */
  unpublishedSince: number | undefined;
  /** The page in the Temporal UI will be rendered when the turn is over. */
  showsLater: boolean;
}

/** What the steps of every workflow know of their run. */
export type Stepped = RunState<string> & { policy: Pick<Policy, 'attention'> };

type Opened = Stepped & { policy: Pick<Policy, 'attention' | 'undoWithin'> };

/** A run of a workflow that takes its input and, after a continue-as-new, the state of the run before. */
export function openRun<State extends Opened>(
  state: State,
  of: { provider: ProviderName; input: (state: State) => unknown; describe: (state: State) => string },
): Run<State> {
  const continueAsNew = makeContinueAsNewFunc<(input: unknown, carried: State) => Promise<unknown>>();
  return {
    state,
    provider: providerOf(of.provider, state.policy),
    describe: of.describe,
    continueWith: (current) => continueAsNew(of.input(current), current),
    handling: new Set(),
    hinting: new Set(),
    unpublishedSince: undefined,
    showsLater: false,
  };
}

/** The one way to change state: pure transition in, and the run's page in the Temporal UI shows it. */
export function apply<State extends RunState<string>>(run: Run<State>, transition: (state: State) => State): void {
  run.state = transition(run.state);
  if (!run.showsLater) show(run);
}

/** However many messages a turn brings, their changes are shown once: rendering costs many times what a message does. */
export function showLater<State extends RunState<string>>(run: Run<State>): void {
  if (run.showsLater) return;
  run.showsLater = true;
  void whenTurnIsOver(run);
}

async function whenTurnIsOver<State extends RunState<string>>(run: Run<State>): Promise<void> {
  await Promise.resolve();
  run.showsLater = false;
  show(run);
}

function show<State extends RunState<string>>({ state, describe }: Run<State>): void {
  setCurrentDetails(describe(state));
}

/** Call where nothing is under way: hands over to a fresh history when it is time. A cancel that has come is not lost by that. */
export function checkpoint<State extends RunState<string>>(run: Run<State>): Promise<never> | undefined {
  throwIfCancelled();
  return isTimeForNew() ? run.continueWith(run.state) : undefined;
}

/** Temporal suggests a fresh history, and no handler is in the middle of something. A wait ends then, for its page to come to a checkpoint. */
export function isTimeForNew(): boolean {
  return workflowInfo().continueAsNewSuggested && allHandlersFinished();
}

/** Makes the state searchable if it has not been for a minute: however many steps go on quickly, the list is not far behind. */
export function publishInTime<State extends RunState<string>>(run: Run<State>): void {
  run.unpublishedSince ??= now();
  if (now() - run.unpublishedSince >= MINUTE) publish(run);
}

/**
 * Makes the state searchable. Each upsert is billed and is a third of what a step costs the server, so it is called where a run comes to rest:
 * at a wait, at a call that does not succeed within the minute, at a call for an operator, and at the end.
 */
export function publish<State extends RunState<string>>(run: Run<State>): void {
  const { typedSearchAttributes: shown } = workflowInfo();
  const { state } = run;
  run.unpublishedSince = undefined;
  const wanted = [
    { key: STAGE, value: currentStep(state.steps)?.name ?? null },
    { key: WAITING_FOR, value: state.attention ? 'operator' : (state.wait?.for ?? null) },
    { key: OUTCOME, value: state.outcome ?? null },
    { key: ACCOUNT, value: state.accountHash ?? null },
  ].filter(({ key, value }) => (shown.get(key) ?? null) !== value);
  const deadline = state.wait ? asDate(state.wait.deadline) : null;
  const deadlineShown = shown.get(DEADLINE) ?? null;
  const changed = [
    ...wanted,
    ...(deadline?.getTime() === deadlineShown?.getTime() ? [] : [{ key: DEADLINE, value: deadline }]),
  ];
  if (changed.length > 0) upsertSearchAttributes(changed);
}
