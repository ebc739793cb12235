import { deepStrictEqual } from 'node:assert';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { temporal } from '@temporalio/proto';
import { eventsOf, recordedHistories } from '../replay/histories.ts';
import { promisesOf } from './promises.ts';
import type { Side } from './side.ts';

const run = promisify(execFile);

/** One side in one round. Processor time is less disturbed by what else the machine does than speed is. */
export interface Measured {
  perSecond: number;
  /** Milliseconds per run in this process: client, workers, workflows, encryption, activities. */
  ownMs: number;
  /** Milliseconds per run in the server. Of one round it is coarse, of all rounds' mean it is not. */
  serverMs: number;
}

/** `server`: its process group. */
export async function measured(
  side: Side,
  { runs, concurrency, server }: { runs: number; concurrency: number; server: number },
): Promise<Measured> {
  const [own, servers] = [process.cpuUsage(), await processorSeconds(server)];
  const perSecond = await side.throughput(runs, concurrency);
  const { user, system } = process.cpuUsage(own);
  const serverMs = ((await processorSeconds(server)) - servers) * 1000;
  return { perSecond, ownMs: (user + system) / 1000 / runs, serverMs: serverMs / runs };
}

/** In whole seconds on some systems. */
async function processorSeconds(group: number): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pgid=,time=']);
  const times = stdout.split('\n').map((line) => line.trim().split(/\s+/));
  return times.filter(([of]) => Number(of) === group).reduce((sum, [, time]) => sum + seconds(time!), 0);
}

/** As POSIX has it: `[days-][hours:]minutes:seconds`. */
function seconds(time: string): number {
  const [clock, days = '0'] = time.split('-').toReversed();
  return clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400;
}

export interface Footprint {
  events: number;
  workflowTasks: number;
  upserts: number;
  /** Made by the workflow. */
  promises: number;
}

/** What one run leaves in its history, and costs its worker. A side whose course of calls and timers is not the one on record compares nothing, and fails. */
export async function footprint(side: Side): Promise<Footprint> {
  const recorded = recordedHistories().find(({ name }) => name.startsWith('completed-with-ssn.onboardCustomer.'))!;
  const workflowId = await side.onboard();
  const events = await side.historyOf(workflowId);
  deepStrictEqual(
    courseOf(events),
    courseOf(eventsOf(recorded)),
    `${side.name} makes other calls than those on record`,
  );
  return {
    events: events.length,
    workflowTasks: events.filter((event) => event.workflowTaskCompletedEventAttributes).length,
    upserts: events.filter((event) => event.upsertWorkflowSearchAttributesEventAttributes).length,
    promises: await promisesOf(side.replay, { events }, workflowId),
  };
}

function courseOf(events: temporal.api.history.v1.IHistoryEvent[]): string[] {
  return events.flatMap(({ activityTaskScheduledEventAttributes: call, timerStartedEventAttributes: timer }) =>
    call ? [call.activityType!.name!] : timer ? ['timer'] : [],
  );
}
