import type { Command } from 'commander';
import { aboutRun, type Cli, type CommonOptions } from '../cli.ts';
import { readJson } from '../input.ts';
import { sendToCustomer } from '../send.ts';

export function addMemberCommand(cli: Cli): Command {
  return aboutRun('add-member', 'add a member while the run is open')
    .argument('<file>', 'the member (reference, person) as JSON, or - for the standard input')
    .action(async (ref: string, file: string, options: CommonOptions) => {
      const member = await readJson(file, cli.stdin);
      await sendToCustomer(cli, ref, options, 'member added', (client, provider, reference) =>
        client.addMember(provider, reference, member),
      );
    });
}
