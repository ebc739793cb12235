import type { SignalDefinition } from '@temporalio/workflow';
import { CancellationScope, allHandlersFinished, condition, isCancellation, log } from '@temporalio/workflow';
import { onboardingId } from '../../contract/ids.ts';
import type { MemberProgress, MemberStatus } from '../../contract/progress.ts';
import { End, failureCode } from '../engine/failure.ts';
import * as messages from '../../contract/messages.ts';
import { settleHandlers } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import { tellRun } from '../engine/tell.ts';
import type { MemberRunState } from './state.ts';

interface MemberEnd {
  status: MemberStatus;
  code?: string;
}

export function endOf({ state }: Run<MemberRunState>): MemberEnd {
  const gap = state.steps.find(({ status }) => status === 'gap' || status === 'skipped');
  return gap ? { status: 'gap', code: gap.code ?? gap.status } : { status: 'accepted' };
}

/** Stopped, cancelled, rejected or aborted: the member is taken back, or kept where the order says so. */
export async function endAfter(run: Run<MemberRunState>, error: unknown): Promise<MemberEnd> {
  const stopped = isCancellation(error);
  const code = stopped ? 'stopped' : error instanceof End ? error.reason.code : undefined;
  if (code === undefined) throw error;
  const { stop, memberMayExist, input, memberId } = run.state;
  if (stop === 'keep') return { status: 'gap', code };
  const status = stopped ? 'removed' : 'gap';
  if (!memberMayExist) return { status, code };
  if (!input.canRemove) return { status: 'failed', code: 'CannotRemove' };
  const { accountId, ownerReference, member } = input;
  const failure = await failureCode(() =>
    CancellationScope.nonCancellable(async () => {
      await settleHandlers(run);
      return run.provider
        .undo('Undo: remove the member')
        .removeMember({ accountId, ownerReference, member, ...(memberId === undefined ? {} : { memberId }) });
    }),
  );
  return failure === undefined ? { status, code } : { status: 'failed', code: failure };
}

export async function report(run: Run<MemberRunState>, { status, code }: MemberEnd): Promise<MemberProgress> {
  apply(run, (state) => ({ ...state, status, attention: undefined, wait: undefined }));
  publish(run);
  const { reference } = run.state.input.member;
  const result: MemberProgress = { reference, status, ...(code === undefined ? {} : { code }) };
  await tell(run, messages.memberChanged, result);
  if (run.state.reportTo !== undefined) await tell(run, messages.memberChanged, result, run.state.reportTo);
  await condition(allHandlersFinished);
  return result;
}

/** Whoever started it for one change waits no longer: when the invitation is accepted is up to the member. */
export async function reportInvited(run: Run<MemberRunState>): Promise<void> {
  const { member, reportTo } = run.state.input;
  if (reportTo !== undefined) await tell(run, messages.memberInvited, { reference: member.reference });
}

export async function tell<T>(
  { state: { input } }: Run<MemberRunState>,
  signal: SignalDefinition<[T]>,
  fact: T,
  to = input.reportTo ?? onboardingId(input.provider, input.ownerReference),
): Promise<void> {
  const told = await tellRun(to, (run) => run.signal(signal, fact));
  if (told === 'gone') log.warn('the run was not there to hear of its member', { signal: signal.name });
}
