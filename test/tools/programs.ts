import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { access, chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'onboarding-tools-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** This project without its tests, in a folder of its own with data of its own. The packages are shared. */
export async function checkout(): ReturnType<typeof temporaryFolder> {
  const { folder, remove } = await temporaryFolder();
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  for (const file of files.trim().split('\n')) {
    if (file.startsWith('test/')) continue;
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await cp(file, path.join(folder, file));
  }
  await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  return { folder, remove };
}

/** A shell script that stands for a slow program. */
export async function script(file: string, body: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

/** A folder for PATH that has the named programs of this machine and no others. */
export async function onlyPrograms(folder: string, names: string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of names) await symlink(await which(name), path.join(folder, name));
  return folder;
}

/** Runs TypeScript in a process of its own, which a test may kill. The code is a module and may await. */
export function runTypeScript(code: string, env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code], { env, stdio: 'inherit' });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function which(name: string): Promise<string> {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    ) {
      return file;
    }
  }
  throw new Error(`this machine has no ${name}`);
}
