import { setHandler } from '@temporalio/workflow';
import { isText, refuse } from './guards.ts';
import { correct } from '../../contract/messages.ts';

/** The update by which an operator puts a value right; the same in a customer's run and a member's. */
export function handleCorrect(
  refusalOf: (path: string) => string | undefined,
  put: (path: string, value: string) => void | Promise<void>,
): void {
  setHandler(correct, ({ path, value }) => put(path, value), {
    validator: ({ path, value }) => {
      if (!isText(value)) refuse('value: must be a text of 1 to 500 characters.');
      const refusal = refusalOf(path);
      if (refusal) refuse(refusal);
    },
  });
}
