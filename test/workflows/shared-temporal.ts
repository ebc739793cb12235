import { activityInfo } from '@temporalio/activity';
import type { RunActivities } from '../../contract/runs.ts';
import type { HostedActivities } from '../../contract/activities.ts';
import { createTemporal, type Temporal, type TemporalOptions } from '../setup/temporal.ts';

export interface Hosted {
  defentry: Partial<HostedActivities>;
  runs: RunActivities;
}

interface Shared {
  temporal: Temporal;
  /** Whose activities the workers call at present. */
  hosted: Hosted;
  /** Ids of the runs that have called one. */
  seen: Set<string>;
  /** Ids of the runs whose suites are over: a call that was under way to a worker may come after their end. */
  over: Set<string>;
}

/** Workers, of this process, that nobody uses just now: an isolate, a bundle and three connections cost seconds of processor time. */
const free: Shared[] = [];

/** Client and workers that another suite may have used before, and another will after `close`. Its open runs end with it. */
export async function takeTemporal(hosted: Hosted, options: TemporalOptions): Promise<Temporal> {
  const shared = free.pop() ?? (await open(hosted, options));
  shared.hosted = hosted;
  const { temporal } = shared;
  temporal.startClock = options.clock ?? 'skip';
  temporal.close = async () => {
    await endRuns(shared);
    free.push(shared);
  };
  return temporal;
}

async function open(hosted: Hosted, options: TemporalOptions): Promise<Shared> {
  const seen = new Set<string>();
  const over = new Set<string>();
  // Every suite has activities of the same names.
  const passOn = (part: keyof Hosted) =>
    Object.fromEntries(
      Object.keys(hosted[part]).map((name) => [
        name,
        (input: unknown) => {
          const { workflowId } = activityInfo().workflowExecution!;
          if (over.has(workflowId)) throw new Error('Its test is over.');
          seen.add(workflowId);
          const called = shared.hosted[part] as Record<string, (input: unknown) => unknown>;
          return called[name]!(input);
        },
      ]),
    );
  const activities = { defentry: passOn('defentry'), runs: passOn('runs') };
  const shared: Shared = { temporal: await createTemporal({ ...options, activities }), hosted, seen, over };
  return shared;
}

async function endRuns({ temporal, seen, over }: Shared): Promise<void> {
  const ended = [...seen].map((id) => temporal.client.workflow.getHandle(id).terminate('the test is over'));
  for (const id of seen) over.add(id);
  seen.clear();
  // Most have ended by themselves.
  await Promise.allSettled(ended);
}
