import { setHandler } from '@temporalio/workflow';
import { handleDecisions } from '../engine/attention.ts';
import { forwardToChanges } from './changes.ts';
import { handleCorrect } from '../engine/correct.ts';
import { handleEmail, mustWait } from '../engine/email-messages.ts';
import { answered } from '../engine/failure.ts';
import { handleChanges } from './change-messages.ts';
import { handleMembers } from './member-messages.ts';
import * as messages from '../../contract/messages.ts';
import { onSignal, onUpdate } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply } from '../engine/run.ts';
import { corrected, correctionRefusal } from './correction.ts';
import { takeHint } from '../engine/hints.ts';
import type { OnboardingState } from './state.ts';
import { changesEmail } from './state-changes.ts';
import { toProgress } from './progress.ts';
import { openSession } from './steps/identification.ts';

/** Registers everything a run listens to. Must run before the first await, or an early update would be refused. */
export function handleMessages(run: Run<OnboardingState>): void {
  setHandler(messages.progress, () => toProgress(run.state));
  setHandler(messages.eidLink, () => {
    const { link } = run.state.identification;
    return link === undefined ? {} : { link };
  });
  handleFacts(run);
  handlePersonsWishes(run);
  handleMembers(run);
  handleChanges(run);
  handleCorrect(
    run,
    (path) => correctionRefusal(run.state, path),
    (path, value) => apply(run, (state) => corrected(state, path, value)),
  );
  handleDecisions(run);
}

function handleFacts(run: Run<OnboardingState>): void {
  onSignal(run, messages.emailVerified, (event) => {
    apply(run, (state) => takeHint(state, 'emailVerified', event.eventId));
    return changesEmail(run.state) ? () => forwardToChanges(run, messages.emailVerified, event) : undefined;
  });
  // The reported outcome is not believed: the look that follows says what is true.
  onSignal(run, messages.eidCompleted, ({ eventId }) => {
    apply(run, (state) => takeHint(state, 'identification', eventId));
  });
  // No report, which would count where the provider cannot be read.
  onSignal(run, messages.lookAgain, (event) => {
    if (run.state.capabilities?.emailVerified !== 'read') return undefined;
    apply(run, (state) => takeHint(state, 'emailVerified', event.eventId));
    return changesEmail(run.state) ? () => forwardToChanges(run, messages.lookAgain, event) : undefined;
  });
}

function handlePersonsWishes(run: Run<OnboardingState>): void {
  handleEmail(run, 'verifyEmail');
  onUpdate(
    run,
    messages.renewEidLink,
    async () => ({
      link: await answered(() =>
        openSession(run, (summary) => run.provider.act(summary), 'Open a new eID session, as asked'),
      ),
    }),
    () => mustWait(run, 'identify', 'No identification is waiting for the person.'),
  );
}
