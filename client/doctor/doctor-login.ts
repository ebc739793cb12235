import { execFile } from 'node:child_process';
import { z } from 'zod';
import type { CheckResult } from './check-result.ts';
import { entryOf } from '../entry.ts';

const CHECK = 'provider login';
const LIMIT = 60_000;

/**
 * Whether the provider takes the login that is set here. Only workers know providers, so a worker process is asked
 * (`worker --check`); where the provider's variables are not set, there is nothing to try.
 */
export async function checkLogin(provider: string, env: NodeJS.ProcessEnv): Promise<CheckResult> {
  const prefix = `${provider.toUpperCase().replaceAll('-', '_')}_`;
  if (!Object.keys(env).some((name) => name.startsWith(prefix))) {
    const detail = `no ${prefix}… variable is set here; run doctor with the environment of the worker to try it`;
    return { check: CHECK, state: 'skipped', detail };
  }
  const lines = await askWorker(['--check', '--role', provider], env);
  if (lines.some(({ msg }) => msg === 'provider login holds')) {
    return { check: CHECK, state: 'ok', detail: `${provider} takes it` };
  }
  const code = lines.findLast(({ level }) => level === 'error')?.codes;
  return {
    check: CHECK,
    state: 'failed',
    detail: `${provider} cannot be logged in at${code === undefined ? '' : ` (${code})`}`,
    remedy: `Check the ${prefix}… variables and whether the provider can be reached; onboard worker --check --role ${provider} says more.`,
  };
}

const LINE = z.object({ level: z.string(), msg: z.string(), codes: z.string().optional() });
type Line = z.output<typeof LINE>;

function askWorker(args: string[], env: NodeJS.ProcessEnv): Promise<Line[]> {
  return new Promise((resolve) => {
    const command = [...process.execArgv, entryOf('worker'), ...args];
    // Its exit code says no more than its lines do.
    execFile(process.execPath, command, { env, timeout: LIMIT }, (_, stdout) =>
      resolve(stdout.split('\n').flatMap(line)),
    );
  });
}

function line(text: string): Line[] {
  try {
    return [LINE.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
