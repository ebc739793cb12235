import { nameOf, type DecisionResult } from '../client/index.ts';
import type { VerdictOnMany } from '../client/requests/decision.ts';
import { checkFilterOfMany, type HangingFilter } from '../client/requests/hanging-filter.ts';
import { withClient, type Cli } from './cli.ts';
import { confirmed } from './confirm.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { writeProblems } from './hanging.ts';
import { table, writeJson, writeLine } from './output.ts';
import { withBar } from './progress-bar.ts';

export interface ManyOptions {
  dryRun?: boolean;
  yes?: boolean;
  confirm?: string;
  json?: boolean;
}

/**
 * One decision for all that fit: looked for, asked about, then told, with a result per run. The exit code is that of the worst result, so 0
 * means that every run has taken it.
 */
export async function resolveMany(
  cli: Cli,
  filter: HangingFilter,
  verdict: VerdictOnMany,
  { dryRun = false, yes, json = false, confirm }: ManyOptions,
): Promise<void> {
  const wanted = checkFilterOfMany(filter);
  await withClient(cli, async ({ operator }) => {
    const looking = { title: 'Looking for runs that fit', json };
    const { results: found } = await withBar(cli, looking, (tick) =>
      operator.decideAll(wanted, verdict, { onResult: tick }),
    );
    writeProblems(cli, found);
    // Those that could not be asked are not decided about: nobody knows whether they fit.
    const unknown = found.filter(({ result }) => result === 'unknown');
    const known = found.filter(({ result }) => result !== 'unknown');
    const show = (results: DecisionResult[]): void => {
      if (json) for (const one of results) writeJson(cli.stdout, documentOf(verdict, one));
      else if (results.length > 0) writeLine(cli.stdout, resultTable(verdict, results));
    };
    if (json) show(unknown);
    if (known.length === 0 && !json) writeLine(cli.stdout, 'Nothing that fits needs a decision.');
    if (dryRun || known.length === 0) {
      show(known);
      cli.exitWith(codeOf(unknown));
      return;
    }
    const runs = `${known.length} ${known.length === 1 ? 'run' : 'runs'}`;
    if (!yes && !(await confirmed(cli, `${verdict.action} in ${runs}?`))) return;
    const signal = cli.interruption();
    const telling = { title: `${verdict.action} in ${runs}`, total: known.length, json };
    const { results: told } = await withBar(cli, telling, (tick) =>
      operator.decideAll(known, verdict, {
        dryRun: false,
        signal,
        ...(confirm !== undefined && { confirm }),
        onResult: (one) => {
          if (json) show([one]);
          tick();
        },
      }),
    );
    if (!json) show(told);
    const left = known.length - told.length;
    if (left > 0) writeLine(cli.stderr, `Interrupted; ${left} of ${known.length} runs were not told.`);
    cli.exitWith(Math.max(codeOf([...unknown, ...told]), signal.aborted ? EXIT.interrupted : EXIT.ok));
  });
}

function codeOf(results: DecisionResult[]): number {
  return Math.max(EXIT.ok, ...results.flatMap(({ problem }) => (problem ? [exitCodeOf(problem.code)] : [])));
}

function wordOf({ action }: VerdictOnMany, { result }: DecisionResult): string {
  if (result === 'would-be-decided') return `would-${action}`;
  return result === 'decided' ? action : result;
}

function documentOf(verdict: VerdictOnMany, one: DecisionResult): object {
  const { problem, ...rest } = one;
  return {
    ...rest,
    result: wordOf(verdict, one),
    ...(problem && { problem: { code: problem.code, message: problem.message } }),
  };
}

function resultTable(verdict: VerdictOnMany, results: DecisionResult[]): string {
  return table(
    ['RUN', 'STEP', 'WHY', 'RESULT'],
    results.map((one) => [
      nameOf(one.run),
      one.attention?.step,
      one.attention?.code,
      [wordOf(verdict, one), one.problem?.message].filter(Boolean).join(': '),
    ]),
  );
}
