import type { MemberStatus, StepProgress, StepStatus } from '../../contract/progress.ts';
import { STEP_TITLES } from '../../contract/titles.ts';
import type { RunState } from './state.ts';
import { minute } from '../../contract/instant.ts';
import { waitProgress } from './state.ts';

/** Marks, not Markdown task lists or tables: the Temporal UI renders neither. */
const MARKS: Record<StepStatus, string> = {
  pending: '⬜',
  running: '▶️',
  waiting: '⏳',
  attention: '🛑',
  done: '✅',
  'not-needed': '➖',
  skipped: '⏭️',
  gap: '⚠️',
  failed: '❌',
};

const titles: Record<string, string> = STEP_TITLES;

/** Statuses that the mark alone says. */
const QUIET: readonly StepStatus[] = ['pending', 'done'];

const MEMBER_MARKS: Record<MemberStatus, string> = {
  pending: '⬜',
  open: '⏳',
  accepted: '✅',
  gap: '⚠️',
  removed: '➖',
  failed: '❌',
};

export interface Checklist {
  /** What the run is about. Also in the start's summary, but Temporal drops that at a continue-as-new. */
  title: string;
  sentence: string;
  state: RunState<string>;
  members?: readonly { reference: string; status: MemberStatus }[];
}

/** The checklist an operator reads in the Temporal UI (tab User Metadata). No personal data. */
export function checklist({ title, sentence, state, members = [] }: Checklist): string {
  const lines = [title, '', `**${sentence}**`, '', ...state.steps.map(stepLine)];
  for (const { reference, status } of members) lines.push(`- ${MEMBER_MARKS[status]} Member ${reference}: ${status}`);
  if (state.wait) {
    const wait = waitProgress(state.wait);
    lines.push('', `**Waiting for:** ${wait.for}, since ${minute(wait.since)}, deadline ${minute(wait.deadline)}`);
    const next = wait.nextReminder === undefined ? 'none is left' : `next ${minute(wait.nextReminder)}`;
    lines.push('', `**Reminders:** ${wait.remindersSent} sent, ${next}`);
  }
  return lines.join('\n');
}

function stepLine({ name, status, code, startedAt, endedAt }: StepProgress): string {
  const when = endedAt ?? startedAt;
  const notes = [QUIET.includes(status) ? undefined : status, code, when && minute(when)].filter(Boolean).join(', ');
  return `- ${MARKS[status]} ${titles[name] ?? name}${notes ? ` (${notes})` : ''}`;
}
