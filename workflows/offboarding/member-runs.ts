import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { memberId } from '../../contract/ids.ts';
import { activityQueue, RUNS } from '../../contract/queues.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { stopMemberRun } from '../member/run.ts';
import type { Run } from '../engine/run.ts';
import { apply, publish } from '../engine/run.ts';
import type { Call } from '../engine/step.ts';
import type { OffboardingState } from './state.ts';
import { memberRunEnded, openMemberRuns } from './state.ts';
import { limit } from '../engine/time.ts';

/**
 * Ends the members' own runs, also of those whom the provider does not list (yet): none may go on inviting. Each takes its member back and
 * reports. The code by which one did not, or `undefined`.
 */
export async function stopMemberRuns(run: Run<OffboardingState>, call: Call): Promise<string | undefined> {
  const { provider, reference } = run.state.account;
  const { members } = await call(() => askRuns().listMemberRuns({ provider, reference }));
  apply(run, (state) => ({ ...state, memberRuns: members.map((member) => ({ member })) }));
  for (const member of members) {
    const order = { undo: 'remove', reportTo: workflowInfo().workflowId } as const;
    const told = await stopMemberRun(memberId(provider, reference, member), order);
    if (told === 'gone') apply(run, (state) => memberRunEnded(state, { reference: member, status: 'gap' }));
  }
  const stopped = () => openMemberRuns(run.state).length === 0;
  if (!stopped()) publish(run);
  // Twice the time each has for its own undo.
  const within = 2 * limit(run.state.policy.undoWithin);
  if (!stopped() && !(await condition(stopped, within, { summary: 'members stop' }))) return 'NoReport';
  const failed = run.state.memberRuns?.find(({ ended }) => ended?.status === 'failed');
  return failed && (failed.ended!.code ?? 'CannotUndo');
}

function askRuns(): Pick<RunActivities, 'listMemberRuns'> {
  return proxyActivities<RunActivities>({
    taskQueue: activityQueue(workflowInfo().taskQueue, RUNS),
    startToCloseTimeout: '2 minutes',
    retry: { maximumInterval: '1 minute' },
    summary: 'Look for open runs of members',
  });
}
