import { type Decided, type Hanging, type OnboardingClient, RequestInvalid, nameOf } from '../client/index.ts';
import type { Verdict } from '../client/requests/decision.ts';
import { checkHangingFilter, type HangingFilter } from '../client/requests/hanging-filter.ts';
import { withClient, type Cli } from './cli.ts';
import { confirmed } from './confirm.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { hangingDocument, writeProblems } from './hanging.ts';
import { table, writeJson, writeLine } from './output.ts';
import { withBar } from './progress-bar.ts';

export interface ManyOptions {
  dryRun?: boolean;
  yes?: boolean;
  json?: boolean;
}

type Known = Extract<Hanging, { attention: object }>;

/**
 * One decision for all that fit: looked for, asked about, then told, with a result per run. The exit code is that of the worst result, so 0
 * means that every run has taken it.
 */
export async function resolveMany(
  cli: Cli,
  filter: HangingFilter,
  verdict: Verdict,
  { dryRun, yes, json }: ManyOptions,
): Promise<void> {
  if (Object.keys(checkHangingFilter(filter)).length === 0) {
    throw new RequestInvalid([
      '--all: needs at least one of --provider, --step, --code, --older-than; add one, so that no run is reached that you did not mean.',
    ]);
  }
  await withClient(cli, async (client) => {
    const { known, codes } = await look(cli, client, filter, json);
    if (known.length === 0 && !json) writeLine(cli.stdout, 'Nothing that fits needs a decision.');
    if (dryRun) {
      preview(cli, verdict, known, json);
    } else if (known.length > 0) {
      if (!yes && !(await confirmed(cli, `${verdict.action} in ${countOf(known)}?`))) return;
      codes.push(...(await tell(cli, client, verdict, known, json)));
    }
    cli.exitWith(Math.max(EXIT.ok, ...codes));
  });
}

/** Those that could not be asked are not decided about: nobody knows whether they fit. */
async function look(
  cli: Cli,
  client: OnboardingClient,
  filter: HangingFilter,
  json?: boolean,
): Promise<{ known: Known[]; codes: number[] }> {
  const found: Hanging[] = [];
  await withBar(cli, { title: 'Looking for runs that fit', json }, async (tick) => {
    for await (const one of client.operator.hanging(filter)) {
      found.push(one);
      tick();
    }
  });
  writeProblems(cli, found);
  const unknown = found.filter((one) => 'problem' in one);
  if (json) for (const one of unknown) writeJson(cli.stdout, { ...hangingDocument(one), result: 'unknown' });
  return {
    known: found.filter((one) => 'attention' in one),
    codes: unknown.map(({ problem }) => exitCodeOf(problem.code)),
  };
}

function preview(cli: Cli, { action }: Verdict, known: Known[], json?: boolean): void {
  const results = known.map((one) => ({
    ...one,
    result: one.attention.allowed.includes(action) ? `would-${action}` : 'not-allowed',
  }));
  if (json) for (const one of results) writeJson(cli.stdout, one);
  else if (results.length > 0) writeLine(cli.stdout, resultTable(results));
}

async function tell(
  cli: Cli,
  client: OnboardingClient,
  verdict: Verdict,
  known: Known[],
  json?: boolean,
): Promise<number[]> {
  const signal = cli.interruption();
  const decided: Decided[] = [];
  await withBar(cli, { title: `${verdict.action} in ${countOf(known)}`, total: known.length, json }, async (tick) => {
    for await (const one of client.operator.resolveAll(known, verdict, { signal })) {
      decided.push(one);
      if (json) writeJson(cli.stdout, withResult(verdict, one));
      tick();
    }
  });
  if (!json) writeLine(cli.stdout, resultTable(decided.map((one) => withResult(verdict, one))));
  const untold = known.length - decided.length;
  if (untold > 0) writeLine(cli.stderr, `Interrupted; ${untold} of ${known.length} runs were not told.`);
  const codes = decided.flatMap(({ problem }) => (problem ? [exitCodeOf(problem.code)] : []));
  return signal.aborted ? [...codes, EXIT.interrupted] : codes;
}

function countOf({ length }: Known[]): string {
  return `${length} ${length === 1 ? 'run' : 'runs'}`;
}

interface Result {
  run: Known['run'];
  attention: Known['attention'];
  result: string;
  problem?: { code: string; message: string };
}

function withResult({ action }: Verdict, { run, attention, problem }: Decided): Result {
  if (!problem) return { run, attention, result: action };
  const { code, message } = problem;
  return { run, attention, result: 'failed', problem: { code, message } };
}

function resultTable(results: Result[]): string {
  return table(
    ['RUN', 'STEP', 'WHY', 'RESULT'],
    results.map(({ run, attention, result, problem }) => [
      nameOf(run),
      attention.step,
      attention.code,
      [result, problem?.message].filter(Boolean).join(': '),
    ]),
  );
}
