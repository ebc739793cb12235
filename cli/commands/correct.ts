import type { Command } from 'commander';
import { RequestInvalid } from '../../client/index.ts';
import { PERSON_PATHS, REQUEST_PATHS } from '../../client/requests/correction.ts';
import { aboutRun, referenceOf, type Cli, type CommonOptions } from '../cli.ts';
import { readValue } from '../input.ts';
import { send } from '../send.ts';

const PATHS = `
What can be corrected of a customer:
  ${REQUEST_PATHS.join('\n  ')}
and of a member (REF is PROVIDER/REFERENCE/MEMBER):
  ${PERSON_PATHS.join('\n  ')}
A part that the request does not have cannot be added.`;

export function correctCommand(cli: Cli): Command {
  return aboutRun('correct', 'replace a value that was not sent yet or was refused; REF may name a member')
    .argument('<path>', 'for example person.email')
    .argument('[value]', 'read from the standard input unless given, which keeps it out of the shell history', '-')
    .addHelpText('after', PATHS)
    .action(async (ref: string, path: string, given: string, options: CommonOptions) => {
      const { type } = referenceOf(ref, options);
      if (type !== 'onboarding') {
        throw new RequestInvalid([`REF: must name a customer or a member for this command; leave "${type}" out.`]);
      }
      const value = await readValue(given, cli.stdin);
      await send(cli, ref, options, `${path} corrected`, (client, { provider, reference, member }) =>
        client.correct(provider, reference, { path, value, ...(member !== undefined && { member }) }),
      );
    });
}
