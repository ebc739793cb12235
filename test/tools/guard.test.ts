import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { groupIsAlive, spawnGuarded } from '../../tools/process/guard.ts';
import { eventually } from '../setup/eventually.ts';
import { isAlive, runTypeScript, script, temporaryFolder } from './programs.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

/** Writes its process id to a file, and has a child that writes one too. */
function family(name: string, body = ''): Promise<string> {
  return script(
    path.join(folder, name),
    `${body}
sleep 600 & echo $! > ${folder}/${name}.child
echo $$ > ${folder}/${name}.pid
wait`,
  );
}

function readPid(file: string): Promise<number> {
  return eventually(`${file} is written`, () => {
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    return text !== '' && Number(text);
  });
}

test('the command and its children end when the process that started it is killed', async () => {
  const command = await family('orphan');
  const parent = runTypeScript(`
    import { spawnGuarded } from './tools/process/guard.ts';
    await spawnGuarded('${command}', [], { output: '${folder}/log' }).exited;`);
  const pid = await readPid(`${command}.pid`);
  const child = await readPid(`${command}.child`);
  parent.kill('SIGKILL');
  expect(await eventually('command and child are gone', () => !isAlive(pid) && !isAlive(child))).toBe(true);
});

test('the command ends when the shell around it is killed', async () => {
  const command = await family('shell');
  const guarded = spawnGuarded(command, [], { output: path.join(folder, 'log') });
  const pid = await readPid(`${command}.pid`);
  process.kill(guarded.group, 'SIGKILL');
  await guarded.exited;
  expect(await eventually('the group is gone', () => !isAlive(pid) && !groupIsAlive(guarded.group))).toBe(true);
});

test('a command that ignores SIGTERM is killed after the grace time', async () => {
  const command = await family('stubborn', "trap '' TERM");
  const guarded = spawnGuarded(command, [], { output: path.join(folder, 'log'), graceSeconds: 0.5 });
  const pid = await readPid(`${command}.pid`);
  await guarded.stop();
  expect(await eventually('the command is gone', () => !isAlive(pid))).toBe(true);
});

test('a command that ends by itself leaves nothing behind and tells its code', async () => {
  const lines: string[] = [];
  const command = await script(path.join(folder, 'short'), 'echo out; echo err >&2; exit 7');
  const guarded = spawnGuarded(command, [], { output: (line) => lines.push(line) });
  expect(await guarded.exited).toBe(7);
  expect(lines.sort()).toEqual(['err', 'out']);
  expect(await eventually('the group is gone', () => !groupIsAlive(guarded.group))).toBe(true);
});
