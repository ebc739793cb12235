import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { makeKey } from '../../encryption/key-ring.ts';
import { WorkerProcess } from '../worker/worker-process.ts';

/** The lines of the image's first stage that run something, each in a copy of what the build is given. */
const [build = '', image = ''] = readFileSync('deploy/Dockerfile', 'utf8')
  .split(/^FROM .*$/m)
  .slice(1);
const steps = build.match(/(?<=^RUN ).*/gm)!;
const root = mkdtempSync(path.join(process.env.TEST_RUN_FOLDER!, 'image-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('the steps of the image give what it copies, and a worker that runs from it', async () => {
  for (const name of readFileSync('.dockerignore', 'utf8').match(/(?<=^!).*/gm)!) {
    cpSync(name, path.join(root, name), { recursive: true });
  }
  for (const step of steps) execFileSync('sh', ['-c', step], { cwd: root, stdio: 'pipe', timeout: 600_000 });
  const copied = image.match(/(?<=^COPY --from=build ).*/gm)!.flatMap((line) => line.split(' ').slice(0, -1));
  for (const file of copied) expect([file, existsSync(file.replace('/app', root))]).toEqual([file, true]);
  expect(JSON.parse(readFileSync(path.join(root, 'sbom.cdx.json'), 'utf8'))).toMatchObject({ bomFormat: 'CycloneDX' });
  expect(existsSync(path.join(root, 'node_modules/vitest'))).toBe(false);

  const worker = new WorkerProcess(path.join(root, 'dist/worker/main.js'), ['workflows'], {
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS!,
    ONBOARDING_KEYS: makeKey(),
    ONBOARDING_TASK_QUEUE: `image-${process.pid}`,
  });
  await worker.logged('worker ready');
  expect(await worker.stop('SIGTERM')).toBe(0);
});
