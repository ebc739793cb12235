import { OFFBOARDING_STEPS, type ErasureRecord, type OffboardingProgress } from '../contract/offboarding.ts';
import { minute } from '../contract/instant.ts';
import type { OnboardingClient } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { drained } from './drained.ts';
import { EXIT } from './exit-codes.ts';
import type { FollowOptions } from './follow-change.ts';
import type { Watch } from './live-view.ts';
import { showRun } from './live.ts';
import { table, writeJson, writeLine } from './output.ts';

type Seen = { record: ErasureRecord } | { stopped: OffboardingProgress };

/** Follows an offboarding. 0: removed, or kept for its time; 6: ended otherwise, or needs a decision. */
export async function followOffboarding(
  cli: Cli,
  client: OnboardingClient,
  { provider, reference }: { provider: string; reference: string },
  { wait, json }: FollowOptions,
): Promise<void> {
  const signal = cli.interruption();
  const watch: Watch<Seen> = async function* (onInterruption) {
    const stories = client.offboardings.watch(provider, reference, { signal, onInterruption });
    for (;;) {
      const { value, done } = await stories.next();
      if (done) return value && { record: value };
      if (json) writeJson(cli.stdout, { type: 'progress', progress: value });
      yield value;
      if (!wait && (value.wait || value.attention)) return { stopped: value };
    }
  };
  const seen = await (json ? drained(watch) : showRun(watch, OFFBOARDING_STEPS, cli));
  if (seen === undefined) cli.exitWith(EXIT.interrupted);
  else if ('record' in seen) tellRecord(cli, seen.record, json);
  else tellStop(cli, seen.stopped, json);
}

function tellRecord(cli: Cli, record: ErasureRecord, json?: boolean): void {
  const { provider, reference, outcome } = record;
  if (json) writeJson(cli.stdout, { type: 'result', provider, reference, result: record });
  else writeLine(cli.stdout, recordTable(record));
  if (outcome !== 'removed' && outcome !== 'nothing-there') cli.exitWith(EXIT.notCompleted);
}

function recordTable({ outcome, reason, accountId, removed, remainder, histories }: ErasureRecord): string {
  const because = reason && [reason.code, reason.sentence].filter(Boolean).join(': ');
  const rows: [string, string | undefined][] = [
    ['Outcome', outcome],
    ['Reason', because],
    ['Account', accountId],
    ...removed.map(({ what, count, at }): [string, string] => ['Removed', `${what}, ${count}, ${minute(at)}`]),
    ...remainder.map(({ step, code }): [string, string] => ['Left', `${step} (${code})`]),
    ['Histories', histories && `deleted from ${minute(histories.dueAt)} on, see "onboard erase status"`],
  ];
  return table(
    [],
    rows.filter(([, value]) => value !== undefined),
  );
}

function tellStop(cli: Cli, { provider, reference, next, attention }: OffboardingProgress, json?: boolean): void {
  if (attention) cli.exitWith(EXIT.notCompleted);
  if (json) return;
  const customer = `${provider}/${reference}`;
  writeLine(cli.stdout, next);
  writeLine(
    cli.stdout,
    attention
      ? `Decide with: onboard resolve offboarding/${customer} ${attention.step} ${attention.allowed.join('|')} --reason TEXT`
      : `It goes on by itself; until then "onboard offboard cancel ${customer}" brings the account back where the provider can.`,
  );
}
