import type { ChangeProgress, ChangesResult, KeptChange } from '../contract/change.ts';
import { changeProgress } from '../contract/messages.ts';
import { call } from './temporal/call.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { OnboardingCancelled, OnboardingFailed } from './errors.ts';
import { resultOf } from './temporal/result.ts';

/** How the run of an account's changes ended. A cancelled one has no result, but still tells how each of its changes ended. */
export async function changesResult(caller: Caller, target: Target): Promise<ChangesResult<KeptChange>> {
  try {
    return await resultOf<ChangesResult<KeptChange>>(caller.temporal, target, caller.within);
  } catch (error) {
    if (!(error instanceof OnboardingCancelled)) throw error;
    const { changes } = await caller.query(target, changeProgress);
    return { changes };
  }
}

/** What a caller gets to see: all but the fingerprints, which are for the library alone. */
export function shown<Story extends { changes: KeptChange[] }>(story: Story): Story & { changes: ChangeProgress[] } {
  return { ...story, changes: story.changes.map(shownChange) };
}

export function shownChange(kept: KeptChange): ChangeProgress {
  const { fingerprint: _, ...change } = kept;
  return change;
}

/** How the change ended, in the runs of the account's changes that are over, as many as Temporal keeps. */
export async function endedChange(caller: Caller, target: Target, changeId: string): Promise<KeptChange | undefined> {
  for (const runId of await endedRuns(caller, target)) {
    try {
      const { changes } = await changesResult(caller, { ...target, runId });
      const found = changes.find((one) => one.changeId === changeId);
      if (found) return found;
    } catch (error) {
      // Terminated from outside: it has told of no end.
      if (!(error instanceof OnboardingFailed)) throw error;
    }
  }
  return undefined;
}

/** Newest first. Temporal's list lags behind, so the newest is asked for by itself. */
async function endedRuns(caller: Caller, target: Target): Promise<string[]> {
  const { temporal, blind } = caller;
  const listed = await call(temporal, target, async () => {
    const query = `WorkflowId = '${target.workflowId}' AND ExecutionStatus IN ('Completed', 'Canceled')`;
    const found: string[] = [];
    for await (const { runId } of blind.list({ query })) found.push(runId);
    return found;
  });
  const newest = await caller.newest(target);
  const ended = newest === undefined || newest.status === 'running' ? [] : [newest.runId];
  return [...new Set([...ended, ...listed])];
}
