import { Command } from 'commander';
import { referenceFor } from '../../client/requests/new-reference.ts';
import { withJson, type Cli } from '../cli.ts';
import { readValue } from '../input.ts';
import { writeJson, writeLine } from '../output.ts';

/** For callers who have nothing but personal data to name a customer by. */
export function referenceCommand(cli: Cli): Command {
  return new Command('reference').description('references of customers').addCommand(newReference(cli));
}

function newReference(cli: Cli): Command {
  return withJson(new Command('new'))
    .description('make a reference of a national ID or the like, by the key: the same text gives the same one; keep it')
    .argument('[text]', 'read from the standard input unless given, which keeps it out of the shell history', '-')
    .action(async (text: string, { json }: { json?: boolean }) => {
      const reference = referenceFor(cli.keyRing(), await readValue(text, cli.stdin));
      if (json) writeJson(cli.stdout, { reference });
      else writeLine(cli.stdout, reference);
    });
}
