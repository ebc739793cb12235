import type { Command } from 'commander';
import { aboutRun, type Cli, type CommonOptions } from '../cli.ts';
import { sendToCustomer } from '../send.ts';

export function removeMemberCommand(cli: Cli): Command {
  return aboutRun('remove-member', 'take a member or its invitation back')
    .argument('<member>', 'the reference of the member')
    .action((ref: string, member: string, options: CommonOptions) =>
      sendToCustomer(cli, ref, options, 'member removed', (client, provider, reference) =>
        client.removeMember(provider, reference, { member }),
      ),
    );
}
