import type { Gap, MemberProgress, Progress, StepName, StepProgress, WaitProgress } from '../../contract/progress.ts';
import type { OnboardingState } from './state.ts';
import { minute } from '../../contract/instant.ts';
import { present, type EachOf } from '../../contract/present.ts';
import type { RunState } from '../engine/state.ts';
import { waitProgress } from '../engine/state.ts';

export function toProgress(state: OnboardingState): Progress {
  const { provider, reference, kind } = state.request;
  return present<Progress>({
    provider,
    reference,
    kind,
    accountId: state.accountId,
    members: memberProgresses(state),
    ...stepsProgress(state),
    policy: state.policy,
  });
}

/** What every run of steps shows, whatever it is about. */
export function stepsProgress<Outcome extends string, Name extends string>(
  state: RunState<Name> & { outcome?: Outcome },
): EachOf<StepsProgress<Outcome, Name>> {
  const { outcome, steps, wait, attention } = state;
  return { outcome, steps, wait: wait && waitProgress(wait), attention, next: nextSentence(state) };
}

interface StepsProgress<Outcome, Name extends string> extends Pick<Progress, 'wait' | 'attention' | 'next'> {
  outcome?: Outcome;
  steps: StepProgress<Name>[];
}

export function memberProgresses(state: OnboardingState): MemberProgress[] {
  return state.members.map(({ member, status, code }) => ({
    reference: member.reference,
    status,
    ...(code === undefined ? {} : { code }),
  }));
}

/** What was asked for and is missing, by an operator's skip or by policy. */
export function gapsOf(state: OnboardingState): Gap[] {
  const steps = state.steps
    .filter((step) => step.status === 'skipped' || step.status === 'gap')
    .map((step) => ({ step: step.name, reason: step.code ?? step.status }));
  const members = state.members
    .filter(({ status }) => status !== 'accepted' && status !== 'removed')
    .map(({ member, code, status }) => ({ step: `members.${member.reference}`, reason: code ?? status }));
  return [...steps, ...members];
}

const WAITING: Record<WaitProgress['for'], string> = {
  emailVerified: 'Waiting for the person to confirm the e-mail address',
  identification: 'Waiting for the person to identify with eID',
  memberAccepted: 'Waiting for members to accept their invitations',
  emailChanged: 'Waiting for the person to confirm the new e-mail address',
  retention: 'Keeping the deactivated account',
  erasure: 'Keeping the histories of the removed account',
};

export function nextSentence(state: RunState<string>): string {
  return state.outcome ? `Ended: ${state.outcome}.` : situation(state);
}

/** What a run that has not ended is at. */
export function situation(state: RunState<string>): string {
  if (state.attention) return attentionSentence(state.attention);
  if (state.wait)
    return `${WAITING[state.wait.for]}, at the latest until ${minute(waitProgress(state.wait).deadline)}.`;
  const running = currentStep(state.steps);
  return running ? `Working on ${running.name}.` : 'Starting.';
}

export function attentionSentence({ step, code, allowed, deadline }: NonNullable<Progress['attention']>): string {
  return `${step} needs a decision (${code}): ${allowed.join(', ')}; without one the run aborts at ${minute(deadline)}.`;
}

/** The step begun last: what the run is at, also between two steps. */
export function currentStep<Name extends string = StepName>(
  steps: readonly StepProgress<Name>[],
): StepProgress<Name> | undefined {
  return steps.findLast((step) => step.status !== 'pending' && step.status !== 'not-needed');
}
