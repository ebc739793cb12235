import { readFileSync } from 'node:fs';

/** Ends the process with a clear sentence on a Node that is too old. Must itself run on old ones. */
export function checkNode(root) {
  const needed = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  process.stderr.write(
    `Node ${process.versions.node} is too old: install Node ${needed} or newer from https://nodejs.org and try again.\n`,
  );
  process.exit(1);
}
