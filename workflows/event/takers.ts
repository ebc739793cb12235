import type { ExternalWorkflowHandle, SignalDefinition } from '@temporalio/workflow';
import { changeRunId, memberId, onboardingId } from '../../contract/ids.ts';
import type { AccountEvent, AccountEventKind } from '../../contract/runs.ts';
import { tellRun } from '../engine/tell.ts';
import * as messages from '../../contract/messages.ts';

interface Taker {
  workflowId: string;
  tell: (run: ExternalWorkflowHandle) => Promise<void>;
}

/** Who may wait for such an event: the first of them that is open takes it. */
const TAKERS: Record<AccountEventKind, (event: AccountEvent, reference: string) => Taker[]> = {
  emailVerified: (event, reference) => inEither(event, reference, messages.emailVerified),
  accountChanged: (event, reference) => inEither(event, reference, messages.lookAgain),
  eidCompleted: ({ provider, eventId }, reference) => [
    {
      workflowId: onboardingId(provider, reference),
      tell: (run) => run.signal(messages.eidCompleted, { eventId }),
    },
  ],
  // The member's own run first: the onboarding does not know a member that was added by a change.
  memberAccepted: ({ provider, eventId, member }, reference) => [
    {
      workflowId: memberId(provider, reference, member!),
      tell: (run) => run.signal(messages.acceptanceReported, { eventId }),
    },
    {
      workflowId: onboardingId(provider, reference),
      tell: (run) => run.signal(messages.memberAccepted, { eventId, member: member! }),
    },
  ],
};

/** The onboarding, and once that has ended the run of the account's changes. */
function inEither(
  { provider, eventId }: AccountEvent,
  reference: string,
  signal: SignalDefinition<[messages.OutsideEvent]>,
): Taker[] {
  return [onboardingId(provider, reference), changeRunId(provider, reference)].map((workflowId) => ({
    workflowId,
    tell: (run) => run.signal(signal, { eventId }),
  }));
}

/** The id of the run that took the event, or `undefined` when none is open. */
export async function offer(event: AccountEvent, reference: string): Promise<string | undefined> {
  for (const { workflowId, tell } of TAKERS[event.kind](event, reference)) {
    // Temporal refuses a message also to a run that has taken ten thousand: no answer to act on.
    if ((await tellRun(workflowId, tell)) === 'told') return workflowId;
  }
  return undefined;
}
