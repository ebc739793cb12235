import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { errorMessage } from '../../tools/process/errors.ts';
import { groupIsAlive } from '../../tools/process/guard.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { answers, spawnService, startService, untilReady, type Service } from '../../tools/process/service.ts';
import { Supervisor } from '../../tools/process/supervisor.ts';
import { eventually } from '../setup/eventually.ts';
import { script, temporaryFolder } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

/** A program that writes its number to a file, tells when it is stopped, and otherwise does as told. */
async function service(name: string, body: string, isReady: Service['isReady'] = async () => true): Promise<Service> {
  const command = await script(
    path.join(folder, name),
    `trap 'echo ${name} >> ${folder}/stopped; exit 0' TERM; echo $$ >> ${folder}/${name}.pids
${body}`,
  );
  return { name, command, args: [], log: path.join(folder, `${name}.log`), isReady };
}

const UNTIL_STOPPED = 'while :; do sleep 0.05; done';

async function pids(name: string): Promise<number[]> {
  const text = await readFile(path.join(folder, `${name}.pids`), 'utf8').catch(() => '');
  return text.trim().split('\n').filter(Boolean).map(Number);
}

function supervisor() {
  const said: string[] = [];
  const groups: number[][] = [];
  const failures: unknown[] = [];
  const supervised = new Supervisor({
    say: (line) => said.push(line),
    groups: async (each) => void groups.push(each),
    gaveUp: (error) => failures.push(error),
  });
  return { supervised, said, groups, failures };
}

test('a killed service is started again, which is said, and the groups are told anew', async () => {
  const { supervised, said, groups } = supervisor();
  await supervised.start(await service('worker', UNTIL_STOPPED));
  const [first] = await eventually('it runs', async () => (await pids('worker')).length === 1 && pids('worker'));
  process.kill(first!, 'SIGKILL');
  await eventually('it runs again', async () => (await pids('worker')).length === 2);
  expect(said).toEqual(['worker ended with code 137; it is started again.']);
  expect(groups).toHaveLength(2);
  await supervised.stop();
  expect(await eventually('all is gone', () => !groups.flat().some(groupIsAlive))).toBe(true);
});

test('a service that ends again and again is given up, with where its log is', async () => {
  const { supervised, failures } = supervisor();
  await supervised.start(await service('broken', 'exit 3'));
  const [failure] = await eventually('it is given up', () => failures.length > 0 && failures);
  expect(errorMessage(failure)).toMatch(/^broken ended .*log is .*broken\.log/s);
  await supervised.stop();
});

test('services are stopped in the reverse order, and none is started again', async () => {
  const { supervised, said } = supervisor();
  for (const name of ['one', 'two', 'three']) {
    await supervised.start(await service(name, UNTIL_STOPPED));
    await eventually(`${name} runs`, async () => (await pids(name)).length === 1);
  }
  await supervised.stop();
  const order = (await readFile(path.join(folder, 'stopped'), 'utf8')).trim().split('\n').slice(-3);
  expect(order).toEqual(['three', 'two', 'one']);
  expect(said).toEqual([]);
});

test('a service that ends before it is ready fails with its code and the end of its log', async () => {
  const broken = await service('early', 'echo "no such database"; exit 4', async () => false);
  await expect(startService(broken)).rejects.toThrow(/^early ended with code 4\. Its log is .*no such database$/s);
});

test('somebody else’s server on the port does not make a service ready that has ended', async () => {
  const [port] = await freePorts(1);
  const stranger = createServer((_, response) => response.end('hello'));
  await new Promise<void>((listening) => stranger.listen(port, '127.0.0.1', listening));
  const bound = await service('bound', 'exit 1', () => answers(`http://127.0.0.1:${port}`));
  const running = spawnService(bound);
  await running.exited;
  await expect(untilReady(bound, running)).rejects.toThrow('bound ended with code 1');
  stranger.close();
});
