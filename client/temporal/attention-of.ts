import type { RunAddress } from '../../contract/ids.ts';
import type { AttentionProgress } from '../../contract/progress.ts';
import * as messages from '../../contract/messages.ts';
import type { Caller } from './caller.ts';

/** What the run needs a decision for, whatever kind of run it is. */
export async function attentionOf(caller: Caller, run: RunAddress): Promise<AttentionProgress | undefined> {
  const target = caller.to(run);
  const { attention } = await caller.query<{ attention?: AttentionProgress }>(target, storyQuery(run));
  return attention;
}

function storyQuery({ type, member }: RunAddress) {
  if (type === 'change') return messages.changeProgress;
  if (type === 'offboarding') return messages.offboardingProgress;
  if (type === 'erasure') return messages.erasureProgress;
  return member === undefined ? messages.progress : messages.memberProgress;
}
