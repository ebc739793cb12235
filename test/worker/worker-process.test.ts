import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../setup/eventually.ts';
import { isAlive, runTypeScript, temporaryFolder } from '../tools/programs.ts';

test('a worker that a test has started ends when the test is killed', async () => {
  const { folder, remove } = await temporaryFolder();
  const file = path.join(folder, 'pid');
  const worker = path.join(folder, 'worker.cjs');
  await writeFile(worker, `require('fs').writeFileSync('${file}', String(process.pid)); setInterval(() => {}, 1000);`);
  const killed = runTypeScript(`
    import { WorkerProcess } from './test/worker/worker-process.ts';
    new WorkerProcess('${worker}', [], {});
    setInterval(() => {}, 1000);`);
  const pid = await eventually('it runs', async () => Number(await readFile(file, 'utf8').catch(() => '')) || false);
  killed.kill('SIGKILL');
  expect(await eventually('it is gone', () => !isAlive(pid))).toBe(true);
  await remove();
});
