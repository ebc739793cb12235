import type { Command } from 'commander';
import type { HistoriesRecord } from '../../contract/erasure.ts';
import { minute } from '../../contract/instant.ts';
import { checkErasure } from '../../client/requests/erasure.ts';
import { aboutRun, customerOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { confirmed } from '../confirm.ts';
import { EXIT } from '../exit-codes.ts';
import { table, writeJson, writeLine } from '../output.ts';
import { showStatus } from '../show-status.ts';
import { withWords, wordsOf, type CancelOptions } from './cancel.ts';

interface EraseOptions extends CancelOptions {
  yes?: boolean;
  wait?: boolean;
}

export function eraseCommand(cli: Cli): Command {
  const command = withWords(
    aboutRun('erase', "delete the histories of a customer's closed runs from Temporal, now; records of ends stay"),
  );
  return command
    .enablePositionalOptions()
    .option('--yes', 'do not ask')
    .option('--no-wait', 'do not wait for the end')
    .addCommand(
      aboutRun('status', 'how far the erasure is, or its record').action((ref: string, options: CommonOptions) =>
        withClient(cli, (client) => showStatus(cli, client, { type: 'erasure', ...customerOf(ref, options) }, options)),
      ),
    )
    .action((ref: string, options: EraseOptions) => erase(cli, ref, options));
}

async function erase(cli: Cli, ref: string, options: EraseOptions): Promise<void> {
  const request = checkErasure({ ...customerOf(ref, options), ...wordsOf(cli, options) });
  const { provider, reference } = request;
  const question = `Delete what Temporal keeps of the runs of ${provider}/${reference}? It cannot be brought back.`;
  if (!options.yes && !(await confirmed(cli, question))) return;
  await withClient(cli, async (client) => {
    const started = await client.erasures.start(request);
    if (options.json) writeJson(cli.stdout, { type: 'started', ...started });
    else writeLine(cli.stdout, `${provider}/${reference}: erasure started`);
    if (options.wait === false) return;
    tellRecord(cli, await client.erasures.result(provider, reference), options);
  });
}

function tellRecord(cli: Cli, record: HistoriesRecord, { json }: CommonOptions): void {
  const { provider, reference, outcome, erased, remainder } = record;
  if (outcome !== 'erased') cli.exitWith(EXIT.notCompleted);
  if (json) return writeJson(cli.stdout, { type: 'result', provider, reference, result: record });
  const rows = [
    ['Outcome', outcome],
    ...erased.map(({ what, count, at }) => ['Deleted', `${what}, ${count}, ${minute(at)}`]),
    ...remainder.map(({ what, code }) => ['Left', `${what} (${code})`]),
  ];
  writeLine(cli.stdout, table([], rows));
}
