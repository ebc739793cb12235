import type { EndReason, Tried } from './failure.ts';
import { End, Skip, tried } from './failure.ts';
import { isRejectedCode } from '../../contract/failures.ts';
import { underAttention } from './attention.ts';
import type { Work } from './patience.ts';
import { patienceOf } from './patience.ts';
import type { Run, Stepped } from './run.ts';
import { apply, checkpoint, publish } from './run.ts';
import type { SettledStatus } from '../../contract/progress.ts';
import { clearAttention, closeWait, endStep, isSettled, startStep } from './state.ts';
import { now } from './time.ts';

/** Calls the provider until it has answered, an operator has decided, or the run has to end. */
export type Call = <T>(work: Work<T>) => Promise<T>;

/** How a step ended when not simply `done`; `code` says why. */
export interface StepEnd {
  status: SettledStatus;
  code?: string;
}

export interface StepOptions<State> {
  /** Not asked for, or done by other means: the step is passed over. */
  needed?: (state: State) => boolean;
  /** The account is whole without it, so an operator may leave it out. */
  skippable?: boolean;
  /** Notes what the step may leave behind at the provider, before it is called: an answer may be lost. */
  before?: (state: State) => State;
}

/**
 * The only way to do something. Marks the step running, shows it, runs it, records the outcome; passes over what an
 * earlier run of the same workflow has settled.
 */
export async function step<State extends Stepped>(
  run: Run<State>,
  name: State['steps'][number]['name'],
  body: (call: Call) => Promise<StepEnd | void>,
  { needed = () => true, skippable = false, before = (state) => state }: StepOptions<State> = {},
): Promise<void> {
  if (isSettled(run.state, name)) return;
  if (!needed(run.state)) return finish(run, name, 'not-needed');
  const next = checkpoint(run);
  if (next) await next;
  apply(run, (state) => startStep(before(state), name, now()));
  try {
    const end = await body((work) => call(run, name, work, skippable));
    finish(run, name, end?.status ?? 'done', end?.code);
  } catch (error) {
    if (error instanceof End) finish(run, name, 'failed', error.reason.code);
    if (!(error instanceof Skip)) throw error;
    finish(run, name, 'skipped', 'skipped');
  }
}

function finish<State extends Stepped>(run: Run<State>, name: string, status: SettledStatus, code?: string): void {
  apply(run, (state) => endStep(closeWait(state), name, status, now(), code));
}

async function call<T, State extends Stepped>(
  run: Run<State>,
  name: string,
  work: Work<T>,
  skippable: boolean,
): Promise<T> {
  for (;;) {
    const { begin, goOn } = patienceOf(run);
    try {
      return await work(begin);
    } catch (error) {
      const mended = await mend(run, name, work, skippable, await goOn(work, error));
      if (mended) return mended.value;
    }
    apply(run, (state) => startStep(state, name, now()));
  }
}

/**
 * A rejection ends the run. Any other failure that retries could not mend calls for an operator, while a technical one goes on being retried
 * slowly. `undefined`: the operator has the step tried again.
 */
async function mend<T, State extends Stepped>(
  run: Run<State>,
  name: string,
  work: Work<T>,
  skippable: boolean,
  first: Tried<T>,
): Promise<{ value: T } | undefined> {
  if ('value' in first) return first;
  rejectIfTold(first.failure);
  const mended = await underAttention(run, name, first, skippable, () => tried(work(run.provider.persist)));
  if (mended && 'failure' in mended) rejectIfTold(mended.failure);
  const decision = run.state.decision ?? 'abort';
  apply(run, clearAttention);
  publish(run);
  if (mended && 'value' in mended) return mended;
  if (decision === 'skip') throw new Skip();
  if (decision === 'abort') throw new End('aborted', first.failure);
  return undefined;
}

function rejectIfTold(failure: EndReason): void {
  if (isRejectedCode(failure.code)) throw new End('rejected', failure);
}
