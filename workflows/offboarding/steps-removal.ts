import { condition } from '@temporalio/workflow';
import type { Run } from '../engine/run.ts';
import { apply, checkpoint, isTimeForNew, publish } from '../engine/run.ts';
import type { Call } from '../engine/step.ts';
import { step } from '../engine/step.ts';
import type { OffboardingState } from './state.ts';
import { noteRemoved } from './state.ts';
import { openWait, stepOf } from '../engine/state.ts';
import { milliseconds, now } from '../engine/time.ts';
import { findOwn } from '../engine/find.ts';
import { waitForOtherRuns } from './other-runs.ts';

/** A provider may show for a while what it has removed. */
const LOOKS = 5;

export function findAccount(run: Run<OffboardingState>): Promise<void> {
  return step(run, 'findAccount', async (call) => {
    await waitForOtherRuns(run, call);
    await findOwn(run, call);
  });
}

export function deactivateAccount(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'deactivateAccount',
    async (call) => {
      const { deactivate, remove } = run.state.capabilities!;
      if (!deactivate) return remove ? { status: 'not-needed' } : { status: 'gap', code: 'NotSupported' };
      await call((act) => act('Deactivate the account').deactivateAccount(own(run)));
      apply(run, (state) => noteRemoved(state, 'access', now()));
      const { exists, active } = await read(run, call, 'Read back that the account is not active');
      if (exists && active === 'yes') return { status: 'gap', code: 'StillThere' };
      return exists && active === 'unknown' ? { status: 'done', code: 'NotReadable' } : { status: 'done' };
    },
    { needed: isThere, skippable: true },
  );
}

/** The time in which a mistake can be taken back. An absolute instant, so neither a continue-as-new nor a reset extends it. */
export function keepAccount(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'keepAccount',
    async (call) => {
      const kept = { deadline: run.state.keepFor, reminders: [] };
      apply(run, (state) => openWait(state, 'keepAccount', 'retention', kept, now()));
      publish(run);
      const left = () => run.state.wait!.deadline - now();
      while (left() > 0) {
        await checkpoint(run);
        await condition(isTimeForNew, Math.max(1, left()), { summary: 'retention: until the account is removed' });
      }
      // A change may have begun meanwhile.
      await waitForOtherRuns(run, call);
    },
    {
      needed: (state) => isThere(state) && state.capabilities!.remove && milliseconds(state.keepFor) > 0,
    },
  );
}

export function removeAccount(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'removeAccount',
    async (call) => {
      if (!run.state.capabilities!.remove) return { status: 'gap', code: 'NotSupported' };
      await call((act) => act('Remove the account').removeAccount(own(run)));
      return { status: 'done' };
    },
    { needed: isThere, skippable: true },
  );
}

export function proveRemoval(run: Run<OffboardingState>): Promise<void> {
  return step(
    run,
    'proveRemoval',
    async (call) => {
      const { retryEvery } = run.state.policy.attention;
      for (let look = 1; ; look += 1) {
        const { exists } = await read(run, call, 'Read back that the account is gone');
        if (!exists) {
          apply(run, (state) => noteRemoved(state, 'account', now()));
          return { status: 'done' };
        }
        if (look === LOOKS) return { status: 'gap', code: 'StillThere' };
        publish(run);
        await condition(() => false, milliseconds(retryEvery), { summary: 'the removal may take a while to show' });
      }
    },
    { needed: (state) => stepOf(state, 'removeAccount').status === 'done', skippable: true },
  );
}

function isThere({ accountId }: OffboardingState): boolean {
  return accountId !== undefined;
}

function read({ state }: Run<OffboardingState>, call: Call, summary: string) {
  return call((act) => act(summary).readAccount({ accountId: state.accountId! }));
}

/** The id was found by our reference, so no address is needed to tell the account from somebody else's. */
function own({ state: { account, accountId } }: Run<OffboardingState>) {
  return { reference: account.reference, accountId: accountId!, person: {} };
}
