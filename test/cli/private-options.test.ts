import { Command } from 'commander';
import { Readable } from 'node:stream';
import { accountIdOption, readPrivateOptions, reasonOption } from '../../cli/private-options.ts';
import { onboardOffline } from './suite.ts';

const SAFELY = '- reads it from the standard input, which keeps it out of the shell history;';

test.each([
  ['resolve', '--reason <text>'],
  ['cancel', '--reason <text>'],
  ['erase', '--reason <text>'],
  ['change', '--reason <text>'],
  ['change', '--account-id <id>'],
  ['offboard', '--reason <text>'],
  ['offboard', '--account-id <id>'],
  ['offboard cancel', '--reason <text>'],
  ['read', '--account-id <id>'],
  ['signal eid-completed', '--identification-id <id>'],
])('the help of %s says first how %s is kept out of the shell history', async (command, option) => {
  const { code, stdout } = await onboardOffline([...command.split(' '), '--help']);
  expect(code).toBe(0);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`${option} ${SAFELY}`);
});

async function read(args: string[], input: string) {
  const command = new Command().addOption(reasonOption('why')).addOption(accountIdOption()).argument('[value]');
  command.parse(args, { from: 'user' });
  await readPrivateOptions(command, Readable.from([input]));
  return command.opts();
}

test.each([
  [['--reason', '-'], { reason: 'moved to Åre' }],
  [['--account-id', '-', '--reason', 'asked'], { accountId: 'moved to Åre', reason: 'asked' }],
  [['--reason', 'asked'], { reason: 'asked' }],
  [['-'], {}],
])('%j is read', async (args, options) => {
  expect(await read(args, 'moved to Åre\n')).toEqual(options);
});

test.each([[['--reason', '-', '--account-id', '-']], [['-', '--reason', '-']]])(
  '%j asks the standard input for two values and is refused',
  async (args) => {
    await expect(read(args, 'one\n')).rejects.toMatchObject({ code: 'RequestInvalid' });
  },
);

test('a command takes what it has read, before it connects', async () => {
  const { code, stderr } = await onboardOffline(['resolve', 'c-1', 'identify', 'retry', '--reason', '-'], '\n');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^reason: /)]);
});
