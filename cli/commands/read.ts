import type { Command } from 'commander';
import { DEFAULT_DETAIL, type ReadResult } from '../../contract/reading.ts';
import { minute } from '../../contract/instant.ts';
import { checkReading } from '../../client/requests/reading.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import { auditRead } from '../audit.ts';
import { aboutRun, customerOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { detailTable } from '../detail-table.ts';
import { EXIT } from '../exit-codes.ts';
import { readValue } from '../input.ts';
import { writeJson, writeLine } from '../output.ts';
import { accountIdOption } from '../private-options.ts';

interface ReadOptions extends CommonOptions {
  accountId?: string;
  within?: string;
  list?: boolean;
}

/** Prints a customer's data: who may run it may read them. */
export function readCommand(cli: Cli): Command {
  return aboutRun('read', 'ask the provider what it shows of an account; changes nothing, prints personal data')
    .argument('[what]', 'what to read, see --list', DEFAULT_DETAIL)
    .argument(
      '[by]',
      'a national ID or a customer number where the look-up needs one; - reads it from the standard input',
    )
    .option('--list', 'print what the provider can be asked for, and ask for nothing')
    .addOption(accountIdOption())
    .option('--within <duration>', 'how long each call to the provider is tried, PT30S by default')
    .action((ref: string, what: string, by: string | undefined, options: ReadOptions) =>
      options.list ? list(cli, ref, options) : read(cli, ref, what, by, options),
    );
}

function list(cli: Cli, ref: string, options: ReadOptions): void {
  const { provider } = customerOf(ref, options);
  const reads = PROVIDERS.flatMap((one) => (one === provider ? PROVIDER_CAPABILITIES[one].reads : []));
  if (options.json) writeJson(cli.stdout, { provider, reads });
  else for (const name of reads) writeLine(cli.stdout, name);
}

async function read(cli: Cli, ref: string, what: string, by: string | undefined, options: ReadOptions): Promise<void> {
  const { accountId, within, json } = options;
  const customer = customerOf(ref, options);
  const found = by === undefined ? undefined : await readValue(by, cli.stdin);
  const request = checkReading({ ...customer, what, by: found, accountId, within });
  const result = await withClient(cli, (client) => client.read(request));
  if (result.outcome === 'read') auditRead(cli, 'read', customer);
  if (result.outcome !== 'read') cli.exitWith(result.outcome === 'refused' ? EXIT.refused : EXIT.notFound);
  if (json) writeJson(cli.stdout, { ...customer, what, ...result });
  else if (result.outcome === 'read') writeLine(cli.stdout, shown(result));
  else writeLine(cli.stderr, result.outcome === 'refused' ? result.sentence : nothing(customer));
}

function shown({ accountId, readAt, detail }: Extract<ReadResult, { outcome: 'read' }>): string {
  const of = accountId === undefined ? 'No account of ours' : `Account ${accountId}`;
  return `${detailTable(detail)}\n\n${of}, as the provider showed it at ${minute(readAt)}.`;
}

function nothing({ provider, reference }: { provider: string; reference: string }): string {
  return `${provider}/${reference}: the provider has no account under this reference; check it, or name the account by --account-id.`;
}
