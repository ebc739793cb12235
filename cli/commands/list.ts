import { Command, Option } from 'commander';
import { minute } from '../../contract/instant.ts';
import { RUN_TYPES, type RunType } from '../../contract/ids.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { AWAITED, ENDS, STAGES } from '../../contract/search-attributes.ts';
import { type OnboardingRun, RUN_STATUSES, type RunFilter, nameOf } from '../../client/index.ts';
import { withClient, withJson, type Cli } from '../cli.ts';
import { table, writeJson, writeLine } from '../output.ts';

/** A table fits a screen; `--json` has no limit. */
const SHOWN = 200;

export function listCommand(cli: Cli): Command {
  return withJson(new Command('list'))
    .description('runs, newest first')
    .addOption(new Option('--type <type>', 'kind of runs').choices(RUN_TYPES).default('onboarding'))
    .addOption(new Option('--provider <name>').choices(PROVIDERS))
    .addOption(new Option('--stage <step>').choices(STAGES))
    .addOption(new Option('--waiting-for <what>').choices(AWAITED))
    .addOption(new Option('--outcome <outcome>').choices(ENDS))
    .addOption(new Option('--status <status>').choices(RUN_STATUSES))
    .option('--members', 'the runs of members, too')
    .action(async ({ json, type, ...filter }: RunFilter & { json?: boolean; type: RunType }) => {
      await withClient(cli, async (client) => {
        const shown: OnboardingRun[] = [];
        for await (const run of client.list({ ...filter, types: [type] })) {
          if (json) writeJson(cli.stdout, run);
          else if (shown.push(run) === SHOWN) break;
        }
        if (json) return;
        writeLine(cli.stdout, shown.length === 0 ? 'No run fits.' : rows(shown));
        if (shown.length === SHOWN)
          writeLine(cli.stderr, `The newest ${SHOWN}; narrow the filter, or take --json for all.`);
      });
    });
}

function rows(runs: OnboardingRun[]): string {
  return table(
    ['RUN', 'STATUS', 'STAGE', 'WAITING FOR', 'DEADLINE', 'OUTCOME', 'STARTED'],
    runs.map((run) => [
      nameOf(run),
      run.stuck ? 'stuck' : run.status,
      run.stage,
      run.waitingFor,
      minute(run.deadline),
      run.outcome,
      minute(run.startedAt),
    ]),
  );
}
