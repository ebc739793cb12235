import { CHANGE_STEPS, type ChangeProgress, type ChangesProgress } from '../contract/change.ts';
import { type ChangeTaken, type OnboardingClient, hasEnded } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { drained } from './drained.ts';
import { EXIT } from './exit-codes.ts';
import type { Watch } from './live-view.ts';
import { showRun } from './live.ts';
import { writeJson, writeLine } from './output.ts';

export interface FollowOptions {
  /** `true`: until the end. Left out: no longer than until somebody has to do something. */
  wait?: boolean;
  json?: boolean;
}

type Seen = { ended: ChangeProgress } | { stopped: ChangesProgress };

/** Follows one change. 0: done, or under way and waiting for a person; 6: ended otherwise, or needs a decision. */
export async function followChange(
  cli: Cli,
  client: OnboardingClient,
  { provider, reference, changeId }: Pick<ChangeTaken, 'provider' | 'reference' | 'changeId'>,
  { wait, json }: FollowOptions,
): Promise<void> {
  const signal = cli.interruption();
  const found = await client.changes.find(provider, reference, changeId);
  const watch: Watch<Seen> = async function* (onInterruption) {
    const stories = client.changes.watch(provider, reference, { signal, onInterruption });
    for (;;) {
      const { value, done } = await stories.next();
      if (signal.aborted || value === undefined) return undefined;
      // Another run may have followed the one that it was in.
      const change =
        value.changes.find((one) => one.changeId === changeId) ??
        (await client.changes.find(provider, reference, changeId));
      if (hasEnded(change)) return { ended: change };
      if (done) return undefined;
      if (json) writeJson(cli.stdout, { type: 'progress', progress: value });
      if (change.status === 'running') yield value;
      if (!wait && (value.wait || value.attention)) return { stopped: value };
    }
  };
  const seen = hasEnded(found) ? { ended: found } : await (json ? drained(watch) : showRun(watch, CHANGE_STEPS, cli));
  if (seen === undefined) cli.exitWith(EXIT.interrupted);
  else if ('ended' in seen) tellEnd(cli, { provider, reference }, seen.ended, json);
  else tellStop(cli, seen.stopped, json);
}

function tellEnd(
  cli: Cli,
  customer: { provider: string; reference: string },
  { kind, status, code, sentence, ...rest }: ChangeProgress,
  json?: boolean,
): void {
  const why = [code, sentence].filter(Boolean).join(': ');
  if (json) {
    writeJson(cli.stdout, { type: 'result', ...customer, result: { kind, status, code, sentence, ...rest } });
  } else {
    writeLine(cli.stdout, `${kind}: ${status}${why && ` (${why})`}`);
  }
  if (status !== 'done') cli.exitWith(EXIT.notCompleted);
}

function tellStop(cli: Cli, { provider, reference, next, attention }: ChangesProgress, json?: boolean): void {
  if (attention) cli.exitWith(EXIT.notCompleted);
  if (json) return;
  const ref = `change/${provider}/${reference}`;
  writeLine(cli.stdout, next);
  writeLine(
    cli.stdout,
    attention
      ? `Decide with: onboard resolve ${ref} ${attention.step} ${attention.allowed.join('|')} --reason TEXT`
      : `It goes on by itself; look with: onboard status ${ref}`,
  );
}
