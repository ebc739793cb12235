import { allHandlersFinished, condition } from '@temporalio/workflow';
import { begun, throwIfCancelled } from '../engine/beside.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import { iso, milliseconds, now } from '../engine/time.ts';
import { ensureErasure } from '../erasure/run.ts';
import type { OffboardingState } from './state.ts';
import { standing } from './state.ts';

/**
 * Lists of the account's watchlists and members are in the history of the run that has read them. The last run of an offboarding is its record and
 * stays, so it begins anew with the state alone.
 */
export async function leaveHistory(run: Run<OffboardingState>): Promise<void> {
  if (run.state.accountId === undefined || run.state.fresh) return;
  await condition(allHandlersFinished);
  throwIfCancelled();
  await run.continueWith({ ...run.state, fresh: true });
}

/** The end of a removed account is also that of what we keep of it, after the time that the policy says. */
export async function startErasure(run: Run<OffboardingState>): Promise<void> {
  const { account, eraseAfter, policy, histories } = run.state;
  if (standing(run.state) !== 'removed' || histories !== undefined) return;
  const { provider, reference } = account;
  const { attention } = policy;
  const removedAt = now();
  const workflowId = await begun(() =>
    ensureErasure({ provider, reference, before: iso(removedAt), eraseAfter, policy: { attention } }),
  );
  const dueAt = iso(removedAt + milliseconds(eraseAfter));
  apply(run, (state) => ({ ...state, histories: { workflowId, dueAt } }));
}
