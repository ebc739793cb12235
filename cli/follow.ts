import type { OnboardingResult } from '../contract/progress.ts';
import type { OnboardingClient } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import { showLive } from './live.ts';
import { writeJson, writeLine } from './output.ts';
import { table } from './output.ts';

/** Follows a run to its end: live for people, a document per change for programs. The exit code tells the outcome. */
export async function follow(
  cli: Cli,
  client: OnboardingClient,
  { provider, reference }: { provider: string; reference: string },
  { json }: { json?: boolean },
): Promise<void> {
  const signal = cli.interruption();
  const result = json
    ? await streamJson(cli, client, provider, reference, signal)
    : await showLive(client, provider, reference, { stdout: cli.stdout, signal });
  if (result === undefined) {
    cli.exitWith(EXIT.interrupted);
    return;
  }
  if (json) writeJson(cli.stdout, { type: 'result', provider, reference, result });
  else writeLine(cli.stdout, resultTable(result));
  if (result.outcome !== 'completed') cli.exitWith(EXIT.notCompleted);
}

async function streamJson(
  cli: Cli,
  client: OnboardingClient,
  provider: string,
  reference: string,
  signal: AbortSignal,
): Promise<OnboardingResult | undefined> {
  const stories = client.watch(provider, reference, { signal });
  for (;;) {
    const next = await stories.next();
    if (next.done) return next.value;
    writeJson(cli.stdout, { type: 'progress', progress: next.value });
  }
}

function resultTable({ outcome, accountId, account, reason, gaps, members }: OnboardingResult): string {
  const because = reason && [reason.code, reason.sentence].filter(Boolean).join(': ');
  const rows: [string, string | undefined][] = [
    ['Outcome', outcome],
    ['Reason', because],
    ['Account', [accountId, account].filter(Boolean).join(', ')],
    ...gaps.map(({ step, reason }): [string, string] => ['Missing', `${step} (${reason})`]),
    ...members.map(({ reference, status }): [string, string] => [`Member ${reference}`, status]),
  ];
  return table(
    [],
    rows.filter(([, value]) => value !== undefined),
  );
}
