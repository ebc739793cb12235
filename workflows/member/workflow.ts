import { CancellationScope, setHandler } from '@temporalio/workflow';
import { handleDecisions } from '../engine/attention.ts';
import type { MemberInput } from '../../contract/member.ts';
import type { MemberProgress } from '../../contract/progress.ts';
import { memberSummary } from '../../contract/start.ts';
import { handleCorrect } from '../engine/correct.ts';
import { endAfter, endOf, report, reportInvited, tell } from './end.ts';
import * as messages from '../../contract/messages.ts';
import { onSignal } from '../engine/messages.ts';
import type { Run } from '../engine/run.ts';
import { apply, openRun } from '../engine/run.ts';
import { correctedMember, memberCorrectionRefusal } from '../onboarding/correction.ts';
import { checklist } from '../engine/checklist.ts';
import type { MemberRunState } from './state.ts';
import { joined, newMemberRun, takeAcceptance, toMemberProgress } from './state.ts';
import { attentionSentence } from '../onboarding/progress.ts';
import { addMember, awaitAccepted, inviteMember } from './steps.ts';

/** One member: added, invited, accepted. Tells the customer's run how it ended, and takes itself back when told to stop. */
export async function onboardMember(input: MemberInput, carried?: MemberRunState): Promise<MemberProgress> {
  const run = open(carried ?? newMemberRun(input));
  const page = new CancellationScope();
  handleMessages(run, page);
  const ended = await page
    .run(async () => {
      await addMember(run);
      await inviteMember(run);
      await reportInvited(run);
      await awaitAccepted(run);
    })
    .then(() => endOf(run))
    .catch((error: unknown) => endAfter(run, error));
  return CancellationScope.nonCancellable(() => report(run, ended));
}

function open(state: MemberRunState): Run<MemberRunState> {
  const next = ({ status, attention }: MemberRunState) =>
    attention ? attentionSentence(attention) : `Member ${status}.`;
  return openRun(state, {
    provider: state.input.provider,
    input: ({ input }) => input,
    describe: (current) =>
      checklist({ title: memberSummary(current.input.member.reference), sentence: next(current), state: current }),
  });
}

function handleMessages(run: Run<MemberRunState>, page: CancellationScope): void {
  setHandler(messages.memberProgress, () => toMemberProgress(run.state));
  onSignal(run, messages.acceptanceReported, ({ eventId }) => apply(run, (state) => takeAcceptance(state, eventId)));
  onSignal(run, messages.memberAwaited, ({ acceptances }) => apply(run, (state) => joined(state, acceptances)));
  onSignal(run, messages.stopMember, ({ undo, reportTo }) => {
    apply(run, (state) => ({ ...state, stop: undo, ...(reportTo === undefined ? {} : { reportTo }) }));
    page.cancel();
  });
  handleCorrect(
    run,
    (path) => memberCorrectionRefusal(run.state, path),
    (path, value) => correct(run, path, value),
  );
  handleDecisions(run);
}

/** The onboarding hears of a new address: by it the member is known when it must be taken back from there. */
async function correct(run: Run<MemberRunState>, path: string, value: string): Promise<void> {
  apply(run, (state) => correctedMember(state, path, value));
  const { member, reportTo } = run.state.input;
  if (path !== 'person.email' || reportTo !== undefined) return;
  await tell(run, messages.memberCorrected, { reference: member.reference, email: member.person.email! });
}
