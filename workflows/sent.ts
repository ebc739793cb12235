import type { WorkflowInfo } from '@temporalio/workflow';
import { isSent, type Sent } from '../contract/sent.ts';
import { isUnopened, type Unopened } from '../contract/unopened.ts';

/** How far the clocks of who starts a run and of Temporal may be apart. An input that is older is that of a former run. */
const CLOCKS_APART = 3_600_000;

/** The input's own arguments, or why it is not this run's. */
export function inputOf(args: unknown[], sealedAs: string, info: WorkflowInfo): Sent | Unopened {
  const sent = sentAs(args, sealedAs);
  return isUnopened(sent) || isOfStart(sent, info) ? sent : { unopened: 'PayloadOfOtherRun' };
}

/** A message's own arguments; one value that says why instead, where it is another message, or another run's. `start`: of the run's own input. */
export function argumentsOf(
  args: unknown[],
  sealedAs: string,
  { firstExecutionRunId }: WorkflowInfo,
  start: string | undefined,
): unknown[] {
  const sent = sentAs(args, sealedAs);
  if (isUnopened(sent)) return [sent];
  const isOfChain = sent.run === undefined || sent.run === firstExecutionRunId;
  const isOfInput = sent.start === undefined || sent.start === start;
  return isOfChain && isOfInput ? sent.args : [{ unopened: 'PayloadOfOtherRun' } satisfies Unopened];
}

function sentAs(args: unknown[], sealedAs: string): Sent | Unopened {
  const [sent] = args;
  if (isUnopened(sent)) return sent;
  return args.length === 1 && isSent(sent) && sent.sealedAs === sealedAs ? sent : { unopened: 'PayloadOfOtherMessage' };
}

function isOfStart({ run, at }: Sent, { continuedFromExecutionRunId, parent, startTime }: WorkflowInfo): boolean {
  if (run !== undefined) return run === (continuedFromExecutionRunId ?? parent?.runId);
  return at === undefined || Math.abs(at - startTime.getTime()) <= CLOCKS_APART;
}
