import type { Command } from 'commander';
import { DEFAULT_KEEP_FOR } from '../../contract/offboarding.ts';
import { checkOffboarding } from '../../client/requests/offboarding.ts';
import { aboutRun, customerOf, withClient, type Cli, type CommonOptions } from '../cli.ts';
import { confirmed } from '../confirm.ts';
import type { FollowOptions } from '../follow-change.ts';
import { followOffboarding } from '../follow-offboarding.ts';
import { writeJson, writeLine } from '../output.ts';
import { accountIdOption, reasonOption } from '../private-options.ts';
import { sendToCustomer } from '../send.ts';
import { showStatus } from '../show-status.ts';
import { withWords, wordsOf, type CancelOptions } from './cancel.ts';

interface OffboardOptions extends CommonOptions, FollowOptions {
  keepFor?: string;
  accountId?: string;
  by?: string;
  reason?: string;
  yes?: boolean;
  json?: boolean;
}

export function offboardCommand(cli: Cli): Command {
  return (
    aboutRun('offboard', 'end the account of a customer: taken apart, deactivated, kept for a while, removed')
      // What follows `status` or `cancel` is theirs.
      .enablePositionalOptions()
      .option(
        '--keep-for <duration>',
        `how long the deactivated account is kept, ${DEFAULT_KEEP_FOR} by default; PT0S removes at once`,
      )
      .addOption(accountIdOption())
      .option('--by <name>', 'who asks; the user of this system by default')
      .addOption(reasonOption('why'))
      .option('--yes', 'do not ask')
      .option('--wait', 'follow until the end, also while the account is kept')
      .option('--no-wait', 'do not follow at all')
      .addCommand(statusCommand(cli))
      .addCommand(cancelCommand(cli))
      .action((ref: string, options: OffboardOptions) => offboard(cli, ref, options))
  );
}

async function offboard(cli: Cli, ref: string, options: OffboardOptions): Promise<void> {
  const { keepFor, accountId, by = cli.userName(), reason, yes, wait, json } = options;
  const request = checkOffboarding({ ...customerOf(ref, options), accountId, keepFor, by, reason });
  const { provider, reference } = request;
  const taken = accountId === undefined ? '' : ` The account ${accountId} is taken to be this customer's at your word.`;
  const question = `Offboard ${provider}/${reference}, and remove the account after ${keepFor ?? DEFAULT_KEEP_FOR}?${taken}`;
  if (!yes && !(await confirmed(cli, question))) return;
  await withClient(cli, async (client) => {
    const started = await client.offboardings.start(request);
    if (json) writeJson(cli.stdout, { type: 'started', ...started });
    else
      writeLine(
        cli.stdout,
        `${provider}/${reference}: offboarding ${started.started ? 'started' : 'is there already'}`,
      );
    if (wait !== false) await followOffboarding(cli, client, request, options);
  });
}

function statusCommand(cli: Cli): Command {
  return aboutRun('status', 'how far the offboarding is, or its record').action(
    async (ref: string, options: CommonOptions) => {
      const customer = customerOf(ref, options);
      await withClient(cli, (client) => showStatus(cli, client, { type: 'offboarding', ...customer }, options));
    },
  );
}

function cancelCommand(cli: Cli): Command {
  return withWords(
    aboutRun('cancel', 'while the account is kept, bring it back where the provider can; earlier, stop'),
  ).action((ref: string, options: CancelOptions) =>
    sendToCustomer(
      cli,
      ref,
      options,
      'cancel asked for; see "onboard offboard status"',
      (client, provider, reference) => client.offboardings.cancel(provider, reference, wordsOf(cli, options)),
    ),
  );
}
