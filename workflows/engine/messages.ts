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
import { publish, showLater } from './run.ts';
import { isSignal } from './shapes.ts';
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
  const { name } = definition;
  setHandler(definition, (fact: Fact) => {
    if (!isObject(fact) || isUnopened(fact) || !isSignal(name, fact)) {
      log.warn('a signal was ignored: it does not have the form that its name stands for', { signal: name });
      return undefined;
    }
    showLater(run);
    const work = take(fact);
    return work && stoppable(run, work).catch(unlessStopped);
  });
}

/**
 * The only way to take an update.
 *
 * @param refusal refuses what the run cannot do now; its sentence reaches the caller and leaves nothing in the history.
 */
export function onUpdate<Answer, Args extends [] | [object], State extends RunState<string>>(
  run: Run<State>,
  definition: UpdateDefinition<Answer, Args>,
  does: (...args: Args) => Answer | Promise<Answer>,
  refusal: (...args: Args) => void,
): void {
  setHandler(
    definition,
    (...args: Args) =>
      stoppable(run, async () => does(...args)).catch((error: unknown) => {
        unlessStopped(error);
        return refuse(STOPPED);
      }),
    {
      validator: (...args: Args) => {
        if (args.some((arg) => isUnopened(arg) && arg.unopened === 'PayloadOfOtherRun')) refuse(OTHER_RUN, 'OtherRun');
        if (args.some(isUnopened)) refuse('input: could not be opened; it was altered, or sealed as another message.');
        if (does.length > 0 && !isObject(args[0])) refuse('input: is missing; send the fields of this message.');
        refusal(...args);
      },
    },
  );
}

const OTHER_RUN = 'input: was sealed for another run of this customer; look at the one that is open, and send it anew.';

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

/**
 * Shows that the run is at none of its waits any more: an undo may take its time. Stops what handlers are doing, and awaits its end: nothing that
 * a message has begun goes on beside an undo.
 */
export async function beforeUndo<State extends RunState<string>>(run: Run<State>): Promise<void> {
  publish(run);
  for (const scope of run.handling) scope.cancel();
  await condition(allHandlersFinished);
}
