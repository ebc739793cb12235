import { log } from '@temporalio/workflow';
import { failureCode } from '../engine/failure.ts';
import { noting } from '../lost-answer.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import type { MemberRunState } from './state.ts';
import { memberAdded } from './state.ts';
import { step } from '../engine/step.ts';
import { awaitPerson } from '../engine/wait.ts';

export function addMember(run: Run<MemberRunState>): Promise<void> {
  return step(
    run,
    'addMember',
    async (call) => {
      const { accountId, ownerReference, member } = run.state.input;
      const noted = noting(call, () => apply(run, (state) => ({ ...state, answerLost: true })));
      const { memberId } = await noted((act) =>
        act(`Add member ${member.reference}`).addMember({ accountId, ownerReference, member: run.state.input.member }),
      );
      apply(run, (state) => memberAdded(state, memberId));
    },
    { before: (state) => ({ ...state, memberMayExist: true }) },
  );
}

export function inviteMember(run: Run<MemberRunState>): Promise<void> {
  return step(run, 'inviteMember', (call) => call((act) => invite(run, act, false)));
}

export function awaitAccepted(run: Run<MemberRunState>): Promise<void> {
  return step(
    run,
    'memberAccepted',
    async (call) => {
      const { accountId, evidence, member } = run.state.input;
      const waited = await call(() =>
        awaitPerson(run, {
          step: 'memberAccepted',
          for: 'memberAccepted',
          policy: run.state.policy.memberAccepted,
          hints: () => run.state.hints,
          look:
            evidence === 'read'
              ? (pace, poll) =>
                  poll(`Look whether member ${member.reference} has accepted`).awaitMemberAccepted({
                    accountId,
                    memberId: run.state.memberId!,
                    ...pace,
                  })
              : undefined,
          ...(evidence === 'signal' ? { seen: 0 } : {}),
          remind: () => remind(run),
        }),
      );
      return 'expired' in waited ? { status: 'gap', code: 'deadline' } : { status: 'done' };
    },
    { needed: ({ input }) => input.evidence !== 'none', skippable: true },
  );
}

async function invite(run: Run<MemberRunState>, act: Run['provider']['act'], again: boolean): Promise<void> {
  const { accountId, member } = run.state.input;
  await act(`${again ? 'Remind: invite' : 'Invite'} member ${member.reference}`).inviteMember({
    accountId,
    memberId: run.state.memberId!,
    member,
    again,
  });
}

/** A reminder that fails must not end the wait: the member may still have the first invitation. */
async function remind(run: Run<MemberRunState>): Promise<void> {
  const code = await failureCode(() => invite(run, (summary) => run.provider.act(summary), true));
  if (code !== undefined) log.warn('reminder not sent', { code });
}
