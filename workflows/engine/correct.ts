import { isText, refuse } from './guards.ts';
import { correct } from '../../contract/messages.ts';
import { onUpdate } from './messages.ts';
import type { Run } from './run.ts';
import type { RunState } from './state.ts';

/** The update by which an operator puts a value right; the same in a customer's run and a member's. */
export function handleCorrect<State extends RunState<string>>(
  run: Run<State>,
  refusalOf: (path: string) => string | undefined,
  put: (path: string, value: string) => void | Promise<void>,
): void {
  onUpdate(
    run,
    correct,
    ({ path, value }) => put(path, value),
    ({ path, value }) => {
      if (!isText(path)) refuse('path: must be a text of 1 to 500 characters.');
      if (!isText(value)) refuse('value: must be a text of 1 to 500 characters.');
      const refusal = refusalOf(path);
      if (refusal) refuse(refusal);
    },
  );
}
