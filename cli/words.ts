import { minute } from '../contract/instant.ts';
import {
  isSettledStatus,
  type AttentionProgress,
  type MemberProgress,
  type StepProgress,
  type WaitProgress,
} from '../contract/progress.ts';
import { STEP_TITLES } from '../contract/titles.ts';

/** What is shown of a run, whatever kind of run it is. */
export interface Story {
  steps: StepProgress[];
  members?: MemberProgress[];
  wait?: WaitProgress;
  attention?: AttentionProgress;
}

const TITLE_OF: ReadonlyMap<string, string> = new Map(Object.entries(STEP_TITLES));

/** Where a step stands, for example `waiting for the person until 2026-12-01 08:00 UTC`. */
export function stepWords(step: StepProgress, story: Pick<Story, 'wait' | 'attention'>): string {
  const code = step.code === undefined ? '' : ` (${step.code})`;
  if (step.status === 'attention' && story.attention) return attentionWords(story.attention);
  if (step.status === 'waiting' && story.wait) return waitWords(story.wait);
  if (step.status === 'gap') return `missing, given up by policy${code}`;
  if (step.status === 'skipped') return 'skipped by an operator';
  return `${step.status.replace('-', ' ')}${code}`;
}

const KEEPING: Partial<Record<WaitProgress['for'], string>> = {
  retention: 'keeping the account',
  erasure: 'keeping the histories',
};

function waitWords({ for: what, deadline }: WaitProgress): string {
  return `${KEEPING[what] ?? 'waiting for the person'} until ${minute(deadline)}`;
}

function attentionWords({ code, allowed, deadline }: AttentionProgress): string {
  return `needs a decision (${code}): ${allowed.join(', ')}; aborts on ${minute(deadline)} without one`;
}

/** The steps that changed, as lines; members with them. */
export function changes(before: Story | undefined, now: Story): string[] {
  const steps = now.steps.flatMap((step) => {
    const line = `${titleOf(step.name)}: ${stepWords(step, now)}`;
    const earlier = before?.steps.find(({ name }) => name === step.name);
    const same =
      earlier && before ? `${titleOf(step.name)}: ${stepWords(earlier, before)}` === line : step.status === 'pending';
    return same ? [] : [line];
  });
  const members = (now.members ?? []).flatMap(({ reference, status, code }) => {
    const earlier = before?.members?.find((member) => member.reference === reference);
    return earlier?.status === status
      ? []
      : [`Member ${reference}: ${status}${code === undefined ? '' : ` (${code})`}`];
  });
  return [...steps, ...members];
}

export function titleOf(step: string): string {
  return TITLE_OF.get(step) ?? step;
}

export function isSettled({ status }: StepProgress): boolean {
  return isSettledStatus(status);
}
