import type { Command } from 'commander';
import { aboutRun, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { readValue } from '../input.ts';
import { emailOwner } from '../send.ts';
import { writeJson, writeLine } from '../output.ts';

export function confirmEmailCommand(cli: Cli): Command {
  return aboutRun('confirm-email', 'confirm the e-mail address by the code from the mail; REF may be change/…')
    .argument('<code>', 'or - for the standard input')
    .action(async (ref: string, given: string, options: CommonOptions) => {
      const { type, provider, reference } = emailOwner(ref, options);
      const code = await readValue(given, cli.stdin);
      const answer = await withClient(cli, (client) =>
        (type === 'change' ? client.changes : client).confirmEmail(provider, reference, { code }),
      );
      if (options.json) writeJson(cli.stdout, { provider, reference, ...answer });
      else
        writeLine(
          cli.stdout,
          answer.confirmed ? 'Confirmed.' : 'The code is wrong; take the one from the newest mail.',
        );
      if (!answer.confirmed) cli.exitWith(EXIT.refused);
    });
}
