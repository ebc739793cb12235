import { condition } from '@temporalio/workflow';
import type { UndoMode } from '../../contract/policy.ts';
import type { OnboardingResult, Remainder } from '../../contract/progress.ts';
import { failureCode } from '../engine/failure.ts';
import { stopChanges } from './changes.ts';
import type { Run } from '../engine/run.ts';
import { removeMember, stopChild } from './steps/members.ts';
import type { OnboardingState } from './state.ts';
import { openMembers } from './state.ts';
import { limit } from '../engine/time.ts';

export interface Undone {
  account: OnboardingResult['account'];
  remainder: Remainder[];
}

/** Takes back what the run has done, last thing first. Goes on after a failure and lists it. */
export async function undoOnboarding(run: Run<OnboardingState>, mode: UndoMode): Promise<Undone> {
  const remainder: Remainder[] = [];
  const attempt = async (step: string, work: () => Promise<void>): Promise<boolean> => {
    const code = await failureCode(work);
    if (code !== undefined) remainder.push({ step, code });
    return code === undefined;
  };
  if (mode !== 'keep' && !(await stopChanges(run))) remainder.push({ step: 'changes', code: 'NoReport' });
  await undoMembers(run, mode, attempt, remainder);
  if (mode === 'deactivate' && run.state.monitoringMayBeOn) {
    await attempt('enableSsnMonitoring', async () => {
      await run.provider.undo('Undo: SSN monitoring off').disableSsnMonitoring({ accountId: run.state.accountId! });
    });
  }
  return { account: await undoAccount(run, mode, attempt, remainder), remainder };
}

async function undoAccount(
  run: Run<OnboardingState>,
  mode: UndoMode,
  attempt: (step: string, work: () => Promise<void>) => Promise<boolean>,
  remainder: Remainder[],
): Promise<Undone['account']> {
  const { accountMayExist, accountId, capabilities, request } = run.state;
  if (!accountMayExist) return 'none';
  const { existingCustomer, person, reference } = request;
  const own = {
    reference,
    person: person.email === undefined ? {} : { email: person.email },
    ...(existingCustomer === undefined ? {} : { existingCustomer }),
    ...(accountId === undefined ? {} : { accountId }),
  };
  if (mode === 'remove' && capabilities?.remove) {
    const gone = await attempt('createAccount', () => run.provider.undo('Undo: remove the account').removeAccount(own));
    return gone ? 'none' : 'kept';
  }
  if (mode !== 'keep' && capabilities?.deactivate) {
    const off = await attempt('createAccount', () =>
      run.provider.undo('Undo: deactivate the account').deactivateAccount(own),
    );
    return off ? 'deactivated' : 'kept';
  }
  if (mode === 'remove') remainder.push({ step: 'createAccount', code: 'CannotRemove' });
  return 'kept';
}

/** Each open child takes its own member back; those whose child has ended or is gone are taken back from here. */
async function undoMembers(
  run: Run<OnboardingState>,
  mode: UndoMode,
  attempt: (step: string, work: () => Promise<void>) => Promise<boolean>,
  remainder: Remainder[],
): Promise<void> {
  for (const { member } of openMembers(run.state)) {
    await stopChild(run, member.reference, mode === 'remove' ? 'remove' : 'keep');
  }
  const stopped = () => openMembers(run.state).length === 0;
  // Twice the time each child has for its own undo.
  const allowed = 2 * limit(run.state.policy.undoWithin);
  if (!stopped()) await condition(stopped, allowed, { summary: 'members stop' });
  for (const { member, status } of run.state.members) {
    const name = `members.${member.reference}`;
    if (status === 'open') remainder.push({ step: name, code: 'NoReport' });
    else if (mode === 'remove' && status !== 'removed') {
      if (!run.state.capabilities?.removeMember) remainder.push({ step: name, code: 'CannotRemove' });
      else await attempt(name, () => removeMember(run, member, (summary) => run.provider.undo(summary)));
    }
  }
}
