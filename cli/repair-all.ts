import type { OnboardingClient, Repair, Repaired } from '../client/index.ts';
import type { Reconciliation } from '../contract/reconciliation.ts';
import type { Cli } from './cli.ts';
import { confirmed } from './confirm.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { table, writeJson, writeLine } from './output.ts';

export interface RepairOptions {
  dryRun?: boolean;
  yes?: boolean;
  confirm?: string;
  json?: boolean;
}

interface Result {
  repair: Repair;
  result: string;
  code?: number;
}

/** Each is taken by the run of its account's changes, where it stays on record who asked. */
export async function repairAll(
  cli: Cli,
  { reconciliations }: OnboardingClient,
  report: Reconciliation,
  { dryRun, yes, json, confirm }: RepairOptions,
): Promise<void> {
  const by = cli.userName();
  const repairs = reconciliations.repairs(report, by === undefined ? {} : { by });
  if (repairs.length === 0) {
    if (!json) writeLine(cli.stdout, 'Nothing here can be repaired by a program.');
    return;
  }
  if (!dryRun && !yes && !(await confirmed(cli, `Start ${repairs.length} changes?`))) return;
  const signal = cli.interruption();
  const results: Result[] = [];
  if (dryRun) results.push(...repairs.map((repair) => ({ repair, result: 'would be started' })));
  else
    for await (const repaired of reconciliations.repairAll(repairs, {
      signal,
      ...(confirm !== undefined && { confirm }),
    }))
      results.push(resultOf(repaired));
  if (json) for (const one of results) writeJson(cli.stdout, documentOf(one));
  else writeLine(cli.stdout, `\n${resultTable(results)}`);
  const notStarted = repairs.length - results.length;
  if (notStarted > 0)
    writeLine(cli.stderr, `Interrupted; ${notStarted} of ${repairs.length} changes were not started.`);
  const failed = results.flatMap(({ code }) => code ?? []);
  if (notStarted > 0 || failed.length > 0) cli.exitWith(notStarted > 0 ? EXIT.interrupted : Math.max(...failed));
}

function resultOf(repaired: Repaired): Result {
  if ('taken' in repaired) return { repair: repaired, result: `taken by ${repaired.taken.workflowId}` };
  const { problem } = repaired;
  return { repair: repaired, result: problem.message, code: exitCodeOf(problem.code) };
}

function documentOf({ repair: { finding, change }, result, code }: Result): object {
  const { provider, reference, changeId } = change;
  return {
    type: 'repair',
    provider,
    reference,
    changeId,
    change: change.change.kind,
    finding: `${finding.kind}/${finding.code}`,
    result,
    failed: code !== undefined,
  };
}

function resultTable(results: Result[]): string {
  return table(
    ['REFERENCE', 'FINDING', 'CHANGE', 'CHANGE ID', 'RESULT'],
    results.map(({ repair: { finding, change }, result }) => [
      change.reference,
      `${finding.kind}/${finding.code}`,
      change.change.kind,
      change.changeId,
      result,
    ]),
  );
}
