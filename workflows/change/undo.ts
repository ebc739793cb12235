import type { AccountChange, ChangeStatus } from '../../contract/change.ts';
import { FAILURES } from '../../contract/failures.ts';
import type { Outcome } from '../../contract/progress.ts';
import type { Ending } from '../engine/failure.ts';
import { failureCode } from '../engine/failure.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import type { ChangeEnd, ChangeState, Current } from './state.ts';
import { withCurrent } from './state.ts';
import { stepOf } from '../engine/state.ts';
import { stopMember } from './steps-member.ts';

const STATUS: Record<Outcome, ChangeStatus> = {
  completed: 'done',
  'completed-with-gaps': 'done',
  rejected: 'refused',
  expired: 'expired',
  aborted: 'aborted',
};

/** Codes by which a provider says that it took nothing. */
const TOOK_NOTHING: readonly string[] = [...FAILURES.rejected, 'Invalid', 'Forbidden', 'NotFound', 'Conflict'];

export const CANCELLED: ChangeEnd = { status: 'aborted', code: 'Cancelled' };

export function done(code: string | undefined): ChangeEnd {
  return { status: 'done', ...(code === undefined ? {} : { code }) };
}

/** How a change ends that did not come to its own end: taken back where that is possible. */
export async function undone(run: Run<ChangeState>, current: Current, { outcome, reason }: Ending): Promise<ChangeEnd> {
  const end: ChangeEnd = reason ? { status: STATUS[outcome], ...reason } : CANCELLED;
  const { code: refusal } = stepOf(run.state, 'applyChange');
  const tookNothing = TOOK_NOTHING.includes(refusal ?? '') && !current.answerLost;
  if (!current.mayBeApplied || tookNothing) return end;
  const { change, applied } = current;
  if (change.kind === 'add-member') {
    const member = await stopMember(run, change.member);
    if (member?.status === 'failed') return { status: 'failed', code: member.code ?? 'CannotUndo' };
    return member ? end : { status: 'failed', code: 'NoReport' };
  }
  if (change.kind === 'change-email') {
    const code = await setBack(run, current);
    return code === undefined ? end : { status: 'failed', code };
  }
  // Of other changes nobody has noted what was before. One that the provider has answered is done, however late the cancel.
  if (applied && !reason) return done(applied.proven ? undefined : 'NotReadable');
  return { status: 'failed', code: refusal ?? end.code ?? 'CannotUndo' };
}

/**
 * The old address again, and the account active if it was: a provider may take the old address for a new one that somebody has to confirm.
 * A failure's code when that did not work, or is not proven to have. `AddressUnverified`: the old address is back, but must be confirmed
 * anew.
 */
async function setBack(run: Run<ChangeState>, { emailBefore, activeBefore }: Current): Promise<string | undefined> {
  if (emailBefore === undefined) return 'CannotUndo';
  const make = (summary: string, change: AccountChange) => {
    const { account, accountId } = run.state;
    return run.provider.undo(summary).applyChange({ accountId: accountId!, ownerReference: account.reference, change });
  };
  let remainder: string | undefined;
  const code = await failureCode(async () => {
    const { proven, verificationNeeded } = await make(
      'Undo: set the old address again',
      emailBefore === null ? { kind: 'delete-email' } : { kind: 'change-email', email: emailBefore },
    );
    // Not proven: the new address may still come, by a late click.
    if (proven) apply(run, (state) => withCurrent(state, { oldEmailBack: true }));
    else remainder = 'NotReadable';
    if (!run.state.capabilities!.changes.includes('activate')) {
      if (verificationNeeded && activeBefore !== 'no') remainder ??= 'AddressUnverified';
    } else if (activeBefore === 'yes') await make('Undo: activate the account again', { kind: 'activate' });
  });
  return code ?? remainder;
}
