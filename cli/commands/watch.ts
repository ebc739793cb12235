import type { Command } from 'commander';
import { aboutRun, customerOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { follow } from '../follow.ts';

export function watchCommand(cli: Cli): Command {
  return aboutRun('watch', 'show the steps of a run until its end').action(
    async (ref: string, options: CommonOptions) => {
      const customer = customerOf(ref, options);
      await withClient(cli, (client) => follow(cli, client, customer, options));
    },
  );
}
