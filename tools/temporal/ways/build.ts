import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { errorCode } from '../../process/errors.ts';
import { spawnGuarded } from '../../process/guard.ts';
import { MODULE } from '../cache.ts';
import { isAtLeast } from '../version.ts';
import type { Attempt, Way } from './way.ts';

const run = promisify(execFile);
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const SHOWN_LINES = 12;

const FETCHING = 'Temporal CLI from Go source (once, minutes): modules fetched';
const COMPILING = 'Temporal CLI from Go source (once, minutes): packages compiled';

/** From Go source. Minutes and some 4 GB of Go's caches where nothing is cached, seconds otherwise. */
export const buildFromSource: Way = { name: 'build from source', checkedBy: 'go.sum', fetch: build };

async function build({ program, report, env }: Attempt): Promise<void> {
  await checkGo(env);
  const modules = await countModules();
  let downloaded = 0;
  report({ phase: FETCHING, done: 0, total: modules });
  const packages: string[] = [];
  await go(['list', '-deps', PACKAGE], env, (line) => {
    if (line.startsWith('go: downloading ')) downloaded += 1;
    else packages.push(line);
    report({ phase: FETCHING, done: downloaded, total: modules });
  });
  let compiled = 0;
  report({ phase: COMPILING, done: 0, total: packages.length });
  await go(['build', '-v', '-trimpath', '-ldflags', '-s -w', '-o', program, PACKAGE], env, () => {
    compiled += 1;
    report({ phase: COMPILING, done: compiled, total: packages.length });
  });
}

/** Throws with what to do when there is no Go, or one that is too old and does not fetch a newer one by itself. */
async function checkGo(env: NodeJS.ProcessEnv): Promise<void> {
  const needed = /^go (\S+)$/m.exec(await readFile(path.join(MODULE, 'go.mod'), 'utf8'))?.[1] ?? '';
  const remedy = `install Go ${needed} or newer from https://go.dev/dl`;
  let found: string | undefined;
  try {
    // Inside the module, so that a Go since 1.21 answers for the toolchain it switches to.
    const { stdout } = await run('go', ['version'], { cwd: MODULE, env });
    found = /go version go(\d[\d.]*)/.exec(stdout)?.[1];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      throw new Error(`there is no go command: ${remedy}`, { cause: error });
    }
    throw new Error(`go version failed, probably because Go could not fetch its toolchain ${needed}: ${remedy}`, {
      cause: error,
    });
  }
  if (!found || !isAtLeast(found, needed)) throw new Error(`Go ${found ?? 'of unknown version'} is too old: ${remedy}`);
}

/** How many modules a build fetches at most: those whose content go.sum has a hash of. */
async function countModules(): Promise<number> {
  const sums = (await readFile(path.join(MODULE, 'go.sum'), 'utf8')).trim().split('\n');
  return sums.filter((line) => !line.includes('/go.mod ')).length;
}

async function go(args: string[], env: NodeJS.ProcessEnv, onLine: (line: string) => void): Promise<void> {
  const last: string[] = [];
  const command = spawnGuarded('go', args, {
    cwd: MODULE,
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off' },
    output: (line) => {
      if (last.push(line) > SHOWN_LINES) last.shift();
      onLine(line);
    },
  });
  const code = await command.exited;
  if (code !== 0) throw new Error(`go ${args[0]} ended with code ${code}:\n${last.join('\n')}`);
}
