import type { Command } from 'commander';
import { aboutRun, referenceOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { showStatus } from '../show-status.ts';

export function statusCommand(cli: Cli): Command {
  return aboutRun('status', 'how far a run is, what it waits for, what comes next').action(
    async (ref: string, options: CommonOptions) => {
      const address = referenceOf(ref, options);
      await withClient(cli, (client) => showStatus(cli, client, address, options));
    },
  );
}
