import type { Command } from 'commander';
import { minute } from '../../contract/instant.ts';
import { nameOf } from '../../client/index.ts';
import { auditRead } from '../audit.ts';
import { aboutRun, referenceOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { exportCommand, verifyCommand } from './decisions-export.ts';
import { table, writeJson, writeLine } from '../output.ts';

/** Prints people's own words about a customer: who may run it may read them. */
export function decisionsCommand(cli: Cli): Command {
  const command = aboutRun('decisions', 'what was decided in a run, by whom and why; REF may name a member');
  command.enablePositionalOptions().addCommand(exportCommand(cli)).addCommand(verifyCommand(cli));
  return command.action(async (ref: string, options: CommonOptions) => {
    const run = referenceOf(ref, options);
    const made = await withClient(cli, (client) => client.operator.decisions(run));
    auditRead(cli, 'decisions', run);
    if (options.json) {
      for (const decision of made) writeJson(cli.stdout, decision);
      return;
    }
    const rows = made.map(({ at, step, code, action, by, reason }) => [minute(at), step, code, action, by, reason]);
    writeLine(
      cli.stdout,
      rows.length === 0
        ? `${nameOf(run)}: nothing was decided.`
        : table(['AT', 'STEP', 'WHY IT HUNG', 'DECIDED', 'BY', 'REASON'], rows),
    );
  });
}
