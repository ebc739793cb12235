import { Option, type Command } from 'commander';
import { RequestInvalid } from '../client/index.ts';
import { readValue } from './input.ts';

/** What may hold personal data. The help says first how it is kept out of the shell's history and of the system's list of processes. */
const SAFELY = '- reads it from the standard input, which keeps it out of the shell history;';

export const reasonOption = (what: string) =>
  new Option('--reason <text>', `${SAFELY} ${what}; kept encrypted in the run`);

export const accountIdOption = () =>
  new Option(
    '--account-id <id>',
    `${SAFELY} the provider's own id of the account, where it does not carry the reference`,
  );

export const identificationIdOption = () =>
  new Option('--identification-id <id>', `${SAFELY} of the eID session, where it is known`);

/** Names that commander makes of the options above. */
const PRIVATE = ['reason', 'accountId', 'identificationId'];

/** Before a command runs: in place of each `-` what the standard input says. It holds one value, so two are refused. */
export async function readPrivateOptions(command: Command, stdin: NodeJS.ReadableStream): Promise<void> {
  const asked = PRIVATE.filter((name) => command.getOptionValue(name) === '-');
  const [name, ...more] = asked;
  if (name === undefined) return;
  if (more.length > 0 || command.args.includes('-')) {
    throw new RequestInvalid(['-: stands more than once, and the standard input holds one value; give the others.']);
  }
  command.setOptionValue(name, await readValue('-', stdin));
}
