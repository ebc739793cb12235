// npm run check: types, lint and format, side by side. Ends with 1 when one of them does.
import { spawn } from 'node:child_process';

const CHECKS = ['typecheck', 'lint', 'format:check'];

const ended = await Promise.all(CHECKS.map(run));
for (const [index, { code, output }] of ended.entries()) {
  if (code !== 0) process.stderr.write(`npm run ${CHECKS[index]} ended with ${code}:\n${output}\n`);
}
process.exit(ended.every(({ code }) => code === 0) ? 0 : 1);

function run(script) {
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
