import { Command, Option } from 'commander';
import { minute } from '../../contract/instant.ts';
import { PROVIDERS } from '../../contract/request.ts';
import type { EventDelivery, EventFilter } from '../../client/index.ts';
import { withClient, withJson, type Cli } from '../cli.ts';
import { table, writeJson, writeLine } from '../output.ts';

/** A table fits a screen; `--json` has no limit. */
const SHOWN = 200;

export function eventsCommand(cli: Cli): Command {
  return withJson(new Command('events'))
    .description('events from outside and what became of them, newest first')
    .addOption(new Option('--provider <name>').choices(PROVIDERS))
    .option('--unmatched', 'only those for which no run was found')
    .option('--running', 'only those whose run is still looked for')
    .action(async ({ json, ...filter }: EventFilter & { json?: boolean }) => {
      await withClient(cli, async (client) => {
        const shown: EventDelivery[] = [];
        for await (const delivery of client.events(filter)) {
          if (json) writeJson(cli.stdout, delivery);
          else if (shown.push(delivery) === SHOWN) break;
        }
        if (json) return;
        writeLine(cli.stdout, shown.length === 0 ? 'No event fits.' : rows(shown));
        if (shown.length === SHOWN)
          writeLine(cli.stderr, `The newest ${SHOWN}; narrow the filter, or take --json for all.`);
      });
    });
}

function rows(deliveries: EventDelivery[]): string {
  return table(
    ['EVENT', 'KIND', 'OUTCOME', 'RECEIVED', 'ENDED'],
    deliveries.map(({ workflowId, kind, outcome, status, startedAt, endedAt }) => [
      workflowId,
      kind,
      outcome ?? status,
      minute(startedAt),
      minute(endedAt),
    ]),
  );
}
