import type { Command } from 'commander';
import type { Accountable } from '../../contract/progress.ts';
import { aboutRun, referenceOf, type Cli, type CommonOptions } from '../cli.ts';
import { reasonOption } from '../private-options.ts';
import { customerOnly } from '../reference.ts';
import { send } from '../send.ts';

export interface CancelOptions extends CommonOptions {
  by?: string;
  reason?: string;
}

export function cancelCommand(cli: Cli): Command {
  return withWords(
    aboutRun(
      'cancel',
      'end the run and undo what it did, by its policy; REF may be change/…, offboarding/… or erasure/…',
    ),
  ).action(async (ref: string, options: CancelOptions) => {
    const { type, ...customer } = referenceOf(ref, options);
    const { provider, reference } = customerOnly({ ...customer, type: 'onboarding' });
    await send(cli, ref, options, 'cancel asked for; see "onboard status"', async (client) => {
      const runs = {
        onboarding: client,
        change: client.changes,
        offboarding: client.offboardings,
        erasure: client.erasures,
      };
      await runs[type].cancel(provider, reference, wordsOf(cli, options));
    });
  });
}

/** Who and why, for a run that keeps decisions on record. */
export function withWords(command: Command): Command {
  return command
    .addOption(reasonOption('why'))
    .option('--by <name>', 'who cancels; the user of this system by default');
}

/** As `withWords` took them; a system that knows no name of its user leaves `by` out. */
export function wordsOf(cli: Cli, { by = cli.userName(), reason }: CancelOptions): Accountable {
  return { ...(by !== undefined && { by }), ...(reason !== undefined && { reason }) };
}
