import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Claims a data file for this process and answers the function that gives it back.
 * The WebAssembly build of SQLite locks by making a folder beside the file, which a killed process leaves behind:
 * the claim tells a leftover, which is removed, from a sandbox that is still running, which is an error.
 */
export function claimDataFile(path: string): () => void {
  const claim = `${path}.pid`;
  const owner = existsSync(claim) ? Number(readFileSync(claim, 'utf8')) : undefined;
  if (owner && isRunning(owner)) {
    throw new Error(
      `The sandbox's data file is in use by process ${owner}: stop it, choose another file, or delete the .pid file beside it if that process is no sandbox.`,
    );
  }
  writeFileSync(claim, String(process.pid));
  rmSync(`${path}.lock`, { recursive: true, force: true });
  return () => rmSync(claim, { force: true });
}
