import { randomUUID } from 'node:crypto';
import { Command, Option } from 'commander';
import { PROVIDERS } from '../../contract/request.ts';
import { checkChange } from '../../client/requests/change.ts';
import { RequestInvalid } from '../../client/index.ts';
import { KIND_HELP, typedChange } from '../change-kinds.ts';
import { customerOf, withClient, withJson, type Cli } from '../cli.ts';
import { followChange } from '../follow-change.ts';
import { readJson } from '../input.ts';
import { writeJson, writeLine } from '../output.ts';
import { accountIdOption, reasonOption } from '../private-options.ts';

interface ChangeOptions {
  provider: string;
  id?: string;
  accountId?: string;
  ifBusy?: string;
  by?: string;
  reason?: string;
  wait?: boolean;
  json?: boolean;
}

export function changeCommand(cli: Cli): Command {
  return withJson(new Command('change'))
    .description('change the account of a customer: address, plan, profile, password, monitoring, members, …')
    .argument(
      '<ref>',
      'PROVIDER/REFERENCE, or REFERENCE; alone: a whole request as .json file, or - for the standard input',
    )
    .argument('[kind]', 'what is to be changed; see below')
    .argument('[values...]', 'what the kind needs')
    .addOption(new Option('--provider <name>', `where REF names none: ${PROVIDERS.join(', ')}`).default('defentry'))
    .option('--id <key>', 'your own key of the change: the same again is the same change; a new one by default')
    .addOption(accountIdOption())
    .addOption(
      new Option('--if-busy <what>', 'while another change is under way; wait by default').choices(['wait', 'refuse']),
    )
    .option('--by <name>', 'who asks; the user of this system by default')
    .addOption(reasonOption('why'))
    .option('--wait', 'follow until the change has ended, also while a person has to act')
    .option('--no-wait', 'do not follow at all')
    .addHelpText('after', KIND_HELP)
    .action(async (ref: string, kind: string | undefined, values: string[], options: ChangeOptions) => {
      const asked = checkChange(
        kind === undefined ? await whole(cli, ref, options) : await typed(cli, ref, kind, values, options),
      );
      const { provider, reference, changeId } = asked;
      await withClient(cli, async (client) => {
        const taken = await client.changes.request(asked);
        if (options.json) writeJson(cli.stdout, { type: 'taken', ...taken });
        else
          writeLine(cli.stdout, `${provider}/${reference}: ${asked.change.kind} taken as ${changeId}${behind(taken)}`);
        if (taken.takenBy) {
          if (!options.json) {
            writeLine(
              cli.stdout,
              `The open onboarding has made it itself; look at its members with: onboard status ${provider}/${reference}`,
            );
          }
        } else if (options.wait !== false) await followChange(cli, client, taken, options);
      });
    });
}

/** What the command says of who and why counts before the file. */
async function whole(cli: Cli, file: string, { by, reason }: ChangeOptions): Promise<unknown> {
  if (file !== '-' && !file.endsWith('.json')) {
    throw new RequestInvalid([
      'KIND: is missing; add it ("onboard change --help" tells all), or name a .json file with a whole request.',
    ]);
  }
  const request = await readJson(file, cli.stdin);
  if (typeof request !== 'object' || request === null) return request;
  const told = { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
  return { changeId: randomUUID(), by: cli.userName(), ...request, ...told };
}

async function typed(cli: Cli, ref: string, kind: string, values: string[], options: ChangeOptions): Promise<unknown> {
  const { accountId, ifBusy, id = randomUUID(), by = cli.userName(), reason } = options;
  const customer = customerOf(ref, options);
  const change = await typedChange(kind, values, cli.stdin);
  return { ...customer, accountId, changeId: id, change, ifBusy, by, reason };
}

function behind({ ahead }: { ahead: number }): string {
  return ahead === 0 ? '' : `, after ${ahead} other ${ahead === 1 ? 'change' : 'changes'}`;
}
