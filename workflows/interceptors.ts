import { ApplicationFailure, workflowInfo, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { asInput, asSignal, asUpdate, type Sent } from '../contract/sent.ts';
import { isUnopened } from '../contract/unopened.ts';
import { argumentsOf, inputOf } from './sent.ts';

/** Inputs that no key and no patience will ever make this run's. */
const NEVER: Record<string, string> = {
  PayloadNotSealed: 'The input of the run is not sealed; start it by the library.',
  PayloadOfOtherMessage: 'The input of the run was sealed as something else; start it by the library.',
  PayloadOfOtherRun:
    'The input of the run was sealed for another run, or more than an hour from its start; start it by the library, with clocks that are right.',
};

/**
 * What comes is opened only if it was sealed as what it is taken for, and what goes out says what it is. A run whose own input, or the state
 * carried over, could not be opened does not begin: its task is tried again until it can be. One whose input is not its own fails at once.
 */
export const interceptors: WorkflowInterceptorsFactory = () => {
  let start: string | undefined;
  const opened = (args: unknown[], sealedAs: string) => argumentsOf(args, sealedAs, workflowInfo(), start);
  const fromHere = (sealedAs: string, args: unknown[]): [Sent] => [{ sealedAs, run: workflowInfo().runId, args }];
  return {
    inbound: [
      {
        execute: async (input, next) => {
          const sent = inputOf(input.args, asInput(workflowInfo().workflowType), workflowInfo());
          if (isUnopened(sent)) {
            const sentence = NEVER[sent.unopened];
            if (sentence !== undefined) throw ApplicationFailure.nonRetryable(sentence, sent.unopened);
            throw new Error(
              'The input of the run could not be opened: it was altered, or is not from our own library.',
            );
          }
          start = sent.start;
          return next({ ...input, args: sent.args });
        },
        handleSignal: (input, next) => next({ ...input, args: opened(input.args, asSignal(input.signalName)) }),
        validateUpdate: (input, next) =>
          next({ ...input, args: opened(input.args, asUpdate(input.name, input.updateId)) }),
        handleUpdate: (input, next) =>
          next({ ...input, args: opened(input.args, asUpdate(input.name, input.updateId)) }),
      },
    ],
    outbound: [
      {
        startChildWorkflowExecution: (input, next) =>
          next({
            ...input,
            options: { ...input.options, args: fromHere(asInput(input.workflowType), input.options.args) },
          }),
        continueAsNew: (input, next) => {
          const [sent] = fromHere(asInput(workflowInfo().workflowType), input.args);
          return next({ ...input, args: [{ ...sent, ...(start !== undefined && { start }) }] });
        },
        // No run: which one is open under the id is not known to a run, and must not matter to it.
        signalWorkflow: (input, next) =>
          next({ ...input, args: [{ sealedAs: asSignal(input.signalName), args: input.args } satisfies Sent] }),
      },
    ],
  };
};

/**
 * The SDK notes a stack trace for every promise, each mapped back to its source: four fifths of what a message costs a run (measured), and
 * thousands of them at once would end the worker. The two frames left tell where a defect is; where a run waits, its details tell.
 */
Error.stackTraceLimit = 2;
