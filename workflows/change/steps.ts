import type { AccountChange } from '../../contract/change.ts';
import type { AppliedChange } from '../../contract/management.ts';
import { End } from '../engine/failure.ts';
import { noting } from '../lost-answer.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import type { Call, StepEnd } from '../engine/step.ts';
import { step } from '../engine/step.ts';
import type { ChangeState } from './state.ts';
import { withCurrent } from './state.ts';
import { addMember, inviteMember, memberGone, memberInvited, removeMember } from './steps-member.ts';
import { awaitEmail, remindByMail } from '../onboarding/steps/email.ts';
import { findOwn } from '../engine/find.ts';

export function findAccount(run: Run<ChangeState>): Promise<void> {
  return step(run, 'findAccount', async (call) => {
    const { accountId, email, active } = await findOwn(run, call);
    if (accountId === undefined) throw new End('rejected', NOT_FOUND);
    const before = { ...(email !== undefined && { emailBefore: email }), ...(active && { activeBefore: active }) };
    apply(run, (state) => withCurrent(state, before));
  });
}

const NOT_FOUND = {
  code: 'NotFound',
  sentence: 'reference: the provider has no account of ours under it; correct the reference, or onboard the customer.',
};

/** The vendor's rules, before any effect; from here on the change is in the provider's own forms. */
export function checkChange(run: Run<ChangeState>): Promise<void> {
  return step(run, 'checkChange', async (call) => {
    const { change, capabilities } = await call((act) =>
      act('Check the change by the rules of the provider').checkChange(subject(run)),
    );
    apply(run, (state) => ({ ...withCurrent(state, { change }), capabilities }));
  });
}

export function applyChange(run: Run<ChangeState>): Promise<void> {
  return step(
    run,
    'applyChange',
    async (call) => {
      const { change } = run.state.current!;
      const noted = noting(call, () => apply(run, (state) => withCurrent(state, { answerLost: true })));
      const applied = await made(run, noted, change);
      apply(run, (state) => withCurrent(state, { applied }));
    },
    { before: (state) => withCurrent(state, { mayBeApplied: true }) },
  );
}

/** A member's changes are steps that the provider has anyway; every other is one call that looks, acts and reads back. */
function made(run: Run<ChangeState>, call: Call, change: AccountChange): Promise<AppliedChange> {
  if (change.kind === 'add-member') return addMember(run, change.member);
  if (change.kind === 'remove-member') return removeMember(run, call, change.member);
  if (change.kind === 'invite-member') return inviteMember(run, call, change.member);
  return call((act) => act(`Make the change and read it back: ${change.kind}`).applyChange(subject(run)));
}

export function proveChange(run: Run<ChangeState>): Promise<void> {
  return step(run, 'proveChange', async (call) => {
    const { change, applied } = run.state.current!;
    if (change.kind === 'add-member') return memberInvited(run);
    if (change.kind === 'remove-member') return memberGone(run, call, change.member);
    if (change.kind === 'change-email' && applied!.verificationNeeded) return emailProven(run, call, change.email);
    return applied!.proven ? { status: 'done' } : NOT_READABLE;
  });
}

const NOT_READABLE: StepEnd = { status: 'done', code: 'NotReadable' };

/** The whole wait for the new address; the old one is kept in mind until somebody has proven that the new one reaches the person. */
async function emailProven(run: Run<ChangeState>, call: Call, email: string): Promise<StepEnd> {
  const { accountId, capabilities, policy } = run.state;
  if (capabilities!.emailVerified === 'none') return NOT_READABLE;
  const waited = await call(() =>
    awaitEmail(run, {
      step: 'proveChange',
      for: 'emailChanged',
      policy: policy.emailChanged,
      look: (pace, poll) =>
        poll('Look whether the new e-mail is verified').awaitEmailChanged({
          accountId: accountId!,
          email,
          ...pace,
        }),
      remind: () => remindByMail(run),
    }),
  );
  if ('expired' in waited) throw new End('expired', { code: 'EmailNotVerified' });
  return 'proven' in waited ? { status: 'done' } : NOT_READABLE;
}

/** What `checkChange` and `applyChange` are asked about. */
function subject({ state: { account, accountId, current } }: Run<ChangeState>) {
  return { accountId: accountId!, ownerReference: account.reference, change: current!.change };
}
