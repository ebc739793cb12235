import { setHandler } from '@temporalio/workflow';
import { handleDecisions } from '../engine/attention.ts';
import { changeFault } from '../engine/change-fault.ts';
import type { RequestedChange } from '../../contract/change.ts';
import { ANOTHER_CHANGE } from '../../contract/same-change.ts';
import { handleEmail } from '../engine/email-messages.ts';
import { refuse } from '../engine/guards.ts';
import * as messages from '../../contract/messages.ts';
import { onSignal, onUpdate } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import { toChangesProgress } from './progress.ts';
import type { ChangeState } from './state.ts';
import { ahead, differs, enqueue, findChange, memberReported, openChanges } from './state.ts';
import { takeHint } from '../engine/hints.ts';

/** Registers everything a run of changes listens to. Must run before the first await, or the update that starts it would be refused. */
export function handleMessages(run: Run<ChangeState>): void {
  setHandler(messages.changeProgress, () => toChangesProgress(run.state));
  onUpdate(
    run,
    messages.requestChange,
    (requested) => {
      apply(run, (state) => enqueue(state, requested));
      return { ahead: ahead(run.state, requested.changeId) };
    },
    (requested) => {
      const fault = changeFault(requested);
      if (fault) refuse(fault);
      const known = findChange(run.state, requested.changeId);
      if (known && differs(known, requested)) refuse(ANOTHER_CHANGE);
      if (known) return;
      if (run.state.closing) refuse('change: the changes of the account are being cancelled; ask again in a while.');
      const refusal = busyRefusal(openChanges(run.state).length, requested);
      if (refusal) refuse(refusal, 'Busy');
    },
  );
  onSignal(run, messages.changeRequested, (requested) => apply(run, (state) => enqueue(state, requested, true)));
  onSignal(run, messages.emailVerified, ({ eventId }) => {
    apply(run, (state) => takeHint(state, 'emailVerified', eventId));
  });
  // Of no kind, so it may only make a wait look that can be proven.
  onSignal(run, messages.lookAgain, ({ eventId }) => {
    if (run.state.capabilities?.emailVerified !== 'read') return;
    apply(run, (state) => takeHint(state, 'emailVerified', eventId));
  });
  handleEmail(run, 'proveChange');
  onSignal(run, messages.memberInvited, ({ reference }) => {
    apply(run, (state) => memberReported(state, reference, 'invited'));
  });
  onSignal(run, messages.memberChanged, (member) => {
    apply(run, (state) => memberReported(state, member.reference, member));
  });
  handleDecisions(run);
}

/** More than this many at a time is a caller in a loop. */
const MOST_OPEN = 100;

/** Why one more is not taken while this many are open, or `undefined` when it is; the same where an onboarding takes it. */
export function busyRefusal(open: number, { ifBusy }: RequestedChange): string | undefined {
  if (open > 0 && ifBusy === 'refuse') {
    return 'ifBusy: another change of the account is under way; wait for its end, or ask with wait to come after it.';
  }
  return open >= MOST_OPEN ? `change: ${open} changes of the account are open; wait for their end.` : undefined;
}
