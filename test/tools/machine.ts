import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { onlyPrograms, script } from './programs.ts';

/** A machine without `temporal`, with few programs, its own cache, and a package index out of reach. */
export async function machine(folder: string): Promise<NodeJS.ProcessEnv & { PATH: string; XDG_CACHE_HOME: string }> {
  const programs = ['sh', 'sleep', 'tar', 'gzip', 'cat', 'chmod'];
  return {
    PATH: await onlyPrograms(path.join(folder, 'bin'), programs),
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: 'https://index.invalid/simple',
  };
}

/** Gives the machine this machine's Python if that has pip; answers whether. */
export async function givePip(folder: string): Promise<boolean> {
  const python = pythonWithPip();
  // By its real name, as a Python that is linked to does not find its packages.
  if (python) await script(path.join(folder, 'bin', 'python3'), `exec ${python} "$@"`);
  return python !== undefined;
}

/** What an error says of each way that was tried, by its name, in this order. */
export function triedWays(error: unknown): Record<string, string> {
  const list = /Tried:\n([^]*?)\nDo one of these:/.exec(String(error))?.[1] ?? '';
  const lines = list.split('\n').map((line) => /^ {2}- (.*?): (.*)$/.exec(line)?.slice(1));
  return Object.fromEntries(lines.map((parts) => parts ?? ['no way', String(error)]));
}

let known: { python: string | undefined } | undefined;

function pythonWithPip(): string | undefined {
  known ??= { python: lookForPip() };
  return known.python;
}

function lookForPip(): string | undefined {
  try {
    return execFileSync('python3', ['-c', 'import pip, sys; print(sys.executable)'], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return undefined;
  }
}
