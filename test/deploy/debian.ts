import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * A folder with what a Debian package holds, or why there is none on this machine: the package is fetched by apt, as its user has set
 * it up, and not installed.
 */
export function debianPackage(name: string): string | { missing: string } {
  const folder = mkdtempSync(path.join(process.env.TEST_RUN_FOLDER!, `${name}-`));
  try {
    execFileSync('apt-get', ['download', name], { cwd: folder, stdio: 'ignore', timeout: 120_000 });
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'))!;
    execFileSync('dpkg', ['-x', archive, 'root'], { cwd: folder, stdio: 'ignore' });
  } catch {
    return { missing: `apt-get gives no package ${name}` };
  }
  return path.join(folder, 'root');
}
