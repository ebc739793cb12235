import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { entryOf } from '../../client/index.ts';
import type { Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';

/** Processes of their own: the command line shares no code with them. Arguments, environment and streams are handed on. */
export function workerCommand(cli: Cli): Command {
  return processCommand(
    cli,
    'worker',
    'host workflows and activities until Ctrl+C (--role workflows, --role defentry, …)',
  );
}

export function sandboxCommand(cli: Cli): Command {
  return processCommand(cli, 'sandbox', 'run the simulator of the provider until Ctrl+C');
}

function processCommand(cli: Cli, name: 'worker' | 'sandbox', description: string): Command {
  return new Command(name)
    .description(description)
    .argument('[args...]', `arguments of the ${name}`)
    .allowUnknownOption()
    .action(async (args: string[]) => cli.exitWith(await run(entryOf(name), args)));
}

function run(entry: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, entry, ...args], { stdio: 'inherit' });
  // Ctrl+C reaches the whole group; a SIGTERM only this process.
  const stop = () => child.kill('SIGTERM');
  const ignore = () => undefined;
  process.once('SIGTERM', stop).on('SIGINT', ignore);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGTERM', stop).off('SIGINT', ignore);
      resolve(code ?? (signal === 'SIGINT' ? EXIT.interrupted : EXIT.internal));
    });
  });
}
