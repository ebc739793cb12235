import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow';
import { activityQueue, RUNS } from '../../contract/queues.ts';
import type { RunActivities } from '../../contract/runs.ts';
import type { Run } from '../engine/run.ts';
import { apply, checkpoint, isTimeForNew, publish } from '../engine/run.ts';
import { step } from '../engine/step.ts';
import { openWait } from '../engine/state.ts';
import { limit, milliseconds, now } from '../engine/time.ts';
import type { ErasureState } from './state.ts';
import { noteErased } from './state.ts';

/** Temporal deletes what has ended just now half a minute later, and what is older within a second. */
const PROOF = { firstPoll: 'PT1S', maxPoll: 'PT15S' };

/** What is open ends by itself: the offboarding in a moment, a look in minutes, a delivery in a day. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 3_600_000;
const LOOKS = 48;

export function keepHistories(run: Run<ErasureState>): Promise<void> {
  return step(
    run,
    'keepHistories',
    async () => {
      const kept = { deadline: run.state.input.eraseAfter, reminders: [] };
      apply(run, (state) => openWait(state, 'keepHistories', 'erasure', kept, now()));
      publish(run);
      const left = () => run.state.wait!.deadline - now();
      while (left() > 0 && !run.state.now) {
        await checkpoint(run);
        const woken = () => run.state.now === true || isTimeForNew();
        await condition(woken, Math.max(1, left()), { summary: 'erasure: until the histories are deleted' });
      }
    },
    { needed: ({ now: asked, input }) => !asked && milliseconds(input.eraseAfter) > 0 },
  );
}

/** Page by page, until a look finds nothing more. What is open is never ended by this: its end is waited for. */
export function eraseHistories(run: Run<ErasureState>): Promise<void> {
  return step(
    run,
    'eraseHistories',
    async (call) => {
      const { provider, reference, before } = run.state.input;
      for (let looks = 1, pause = FIRST_PAUSE; ;) {
        const { closed: histories, open } = await call(() =>
          askTemporal(run, 'Look what is left of the customer').listHistories({ provider, reference, before }),
        );
        apply(run, (state) => ({ ...state, open }));
        if (histories.length > 0) {
          const what = `Delete ${histories.length} histories and prove it`;
          await call(() => askTemporal(run, what).eraseHistories({ histories, ...PROOF }));
          const kinds = histories.map((each) => each.what);
          apply(run, (state) => noteErased(state, kinds, now()));
          continue;
        }
        if (open.length === 0) return { status: 'done' };
        if (looks === LOOKS) return { status: 'gap', code: 'StillOpen' };
        looks += 1;
        await condition(() => false, pause, { summary: 'runs of the customer are open: their ends are waited for' });
        pause = Math.min(LONGEST_PAUSE, 2 * pause);
      }
    },
    { skippable: true },
  );
}

function askTemporal({ state }: Run<ErasureState>, summary: string) {
  const { after, retryEvery } = state.policy.attention;
  return proxyActivities<Pick<RunActivities, 'listHistories' | 'eraseHistories'>>({
    taskQueue: activityQueue(workflowInfo().taskQueue, RUNS),
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: limit(after),
    retry: { maximumInterval: limit(retryEvery) },
    summary,
  });
}
