import { Command } from 'commander';
import { checkHangingFilter, type HangingFilter } from '../../client/requests/hanging-filter.ts';
import type { Hanging } from '../../client/index.ts';
import { withClient, withJson, type Cli } from '../cli.ts';
import { filterOf, hangingDocument, hangingTable, withFilter, writeProblems } from '../hanging.ts';
import { writeJson, writeLine } from '../output.ts';
import { withBar } from '../progress-bar.ts';

export function attentionCommand(cli: Cli): Command {
  return withFilter(withJson(new Command('attention')))
    .description('what hangs and needs a decision, in runs of every kind: since when, why, what can be done')
    .action(async ({ json, ...options }: HangingFilter & { json?: boolean }) => {
      const filter = checkHangingFilter(filterOf(options));
      await withClient(cli, async (client) => {
        const found: Hanging[] = [];
        await withBar(cli, { title: 'Looking at what hangs', json }, async (tick) => {
          for await (const one of client.operator.hanging(filter)) {
            found.push(one);
            if (json) writeJson(cli.stdout, hangingDocument(one));
            tick();
          }
        });
        writeProblems(cli, found);
        for (const { provider, problem } of await client.operator.unserved(filter.provider)) {
          const { code, message } = problem;
          if (json) writeJson(cli.stdout, { provider, problem: { code, message } });
          writeLine(cli.stderr, message);
        }
        if (json) return;
        writeLine(cli.stdout, found.length === 0 ? 'Nothing needs a decision.' : hangingTable(found));
        if (found.length === 0) return;
        writeLine(
          cli.stdout,
          '\nDecide with: onboard resolve RUN STEP ACTION --reason TEXT\nor for many: onboard resolve --all ACTION --step STEP --reason TEXT --dry-run',
        );
      });
    });
}
