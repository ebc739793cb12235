import type { Command } from 'commander';
import { customerHashes } from '../../encryption/customer-hash.ts';
import { aboutRun, customerOf, type Cli, type CommonOptions } from '../cli.ts';
import { writeJson, writeLine } from '../output.ts';

/** For whoever looks in logs for who has read of a customer. Asks nobody. */
export function auditCommand(cli: Cli): Command {
  return aboutRun('audit', 'how audit lines name a customer: one hash for each key of the ring, newest first').action(
    (ref: string, options: CommonOptions) => {
      const customer = customerOf(ref, options);
      const hashes = customerHashes(cli.keyRing(), customer);
      if (options.json) writeJson(cli.stdout, { customer: hashes });
      else for (const hash of hashes) writeLine(cli.stdout, hash);
    },
  );
}
