import type { Command } from 'commander';
import { auditRead } from '../audit.ts';
import { aboutRun, customerOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { writeJson, writeLine } from '../output.ts';

/** Prints the key to a person's identification: the one command that is about such data. */
export function eidLinkCommand(cli: Cli): Command {
  return aboutRun('eid-link', 'the link to the eID, for that person only')
    .option('--renew', 'open a new session first')
    .action(async (ref: string, options: CommonOptions & { renew?: boolean }) => {
      const { provider, reference } = customerOf(ref, options);
      const { link } = await withClient(cli, (client): Promise<{ link?: string }> =>
        options.renew ? client.renewEidLink(provider, reference) : client.eidLink(provider, reference),
      );
      if (link !== undefined) auditRead(cli, 'eid-link', { provider, reference });
      if (options.json) writeJson(cli.stdout, { provider, reference, link: link ?? null });
      else if (link !== undefined) writeLine(cli.stdout, link);
      if (link !== undefined) return;
      writeLine(cli.stderr, 'There is no eID link now; "onboard status" tells what the run waits for.');
      cli.exitWith(EXIT.notFound);
    });
}
