import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
import {
  CancellationScope,
  allHandlersFinished,
  condition,
  isCancellation,
  log,
  setHandler,
} from '@temporalio/workflow';
import { isUnopened } from '../../contract/unopened.ts';
import { isObject, refuse } from './guards.ts';
import type { Run } from './run.ts';
import { showLater } from './run.ts';
import type { SignalName } from './shapes.ts';
import { SIGNALS } from './shapes.ts';
import type { RunState } from './state.ts';

/**
 * The only way to take a signal. One that is not what its name stands for, or could not be opened, is logged by its name and changes nothing:
 * Temporal has accepted it already, and an error here would stop the run for ever.
 *
 * @param take changes the state; answers what is to be done besides, if anything.
 */
export function onSignal<Fact, State extends RunState<string>>(
  run: Run<State>,
  definition: SignalDefinition<[Fact]>,
  take: (fact: Fact) => void | (() => Promise<void>),
): void {
  const name = definition.name as SignalName; // each is exported under its own name
  setHandler(definition, (fact: Fact) => {
    if (!isObject(fact) || isUnopened(fact) || !SIGNALS[name](fact)) {
      log.warn('a signal was ignored: it does not have the form that its name stands for', { signal: name });
      return undefined;
    }
    showLater(run);
    const work = take(fact);
    return work && stoppable(run, work).catch(unlessStopped);
  });
}

/**
 * The only way to take an update. An input that is none is an empty one, so that `refusal` can name the field that is missing.
 *
 * @param refusal refuses what the run cannot do now; its sentence reaches the caller and leaves nothing in the history.
 */
export function onUpdate<Answer, Input, State extends RunState<string>>(
  run: Run<State>,
  definition: UpdateDefinition<Answer, [Input]> | UpdateDefinition<Answer>,
  does: (input: Input) => Answer | Promise<Answer>,
  refusal: (input: Input) => void,
): void {
  const given = (input: unknown) => (isObject(input) && !isUnopened(input) ? input : {}) as Input;
  setHandler(
    definition as UpdateDefinition<Answer, [Input]>,
    (input) =>
      stoppable(run, async () => does(given(input))).catch((error: unknown) => {
        unlessStopped(error);
        return refuse(STOPPED);
      }),
    { validator: (input) => refusal(given(input)) },
  );
}

const STOPPED = 'The run came to its end before this was done; look what has become of it.';

/** Work of a handler, in a scope of its own: the run stops it before it undoes anything. */
async function stoppable<T, State extends RunState<string>>(run: Run<State>, work: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope();
  run.handling.add(scope);
  try {
    return await scope.run(work);
  } finally {
    run.handling.delete(scope);
  }
}

function unlessStopped(error: unknown): void {
  if (!isCancellation(error)) throw error;
}

/** Stops what handlers are doing, and awaits its end: nothing that a message has begun goes on beside an undo. */
export async function settleHandlers<State extends RunState<string>>({ handling }: Run<State>): Promise<void> {
  for (const scope of handling) scope.cancel();
  await condition(allHandlersFinished);
}
