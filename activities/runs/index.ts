import type { RunActivities } from '../../contract/runs.ts';
import { withFailures } from '../failure.ts';
import { awaitFreeAccount } from './free-account.ts';
import { eraseHistories } from './erase-histories.ts';
import { findRun } from './find-run.ts';
import { listBeliefs } from './list-beliefs.ts';
import { listHistories } from './list-histories.ts';
import { listMemberRuns } from './list-member-runs.ts';
import type { Runs } from './runs.ts';

/** Activities that ask Temporal itself, for the queue `<queue>-runs`. */
export function createRunActivities(runs: Runs): RunActivities {
  return withFailures({
    findRun: findRun(runs),
    listBeliefs: listBeliefs(runs),
    awaitFreeAccount: awaitFreeAccount(runs),
    listMemberRuns: listMemberRuns(runs),
    listHistories: listHistories(runs),
    eraseHistories: eraseHistories(runs),
  });
}
