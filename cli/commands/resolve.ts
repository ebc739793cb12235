import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { RESOLUTIONS, type Resolution } from '../../contract/progress.ts';
import { checkVerdict, type Verdict } from '../../client/requests/decision.ts';
import { RequestInvalid } from '../../client/index.ts';
import type { HangingFilter } from '../../client/requests/hanging-filter.ts';
import { withJson, type Cli } from '../cli.ts';
import { filterOf, withFilter } from '../hanging.ts';
import { reasonOption } from '../private-options.ts';
import { resolveMany } from '../resolve-many.ts';
import { send } from '../send.ts';

interface ResolveOptions extends HangingFilter {
  all?: Resolution;
  reason?: string;
  by?: string;
  call?: number;
  dryRun?: boolean;
  yes?: boolean;
  confirm?: string;
  json?: boolean;
}

export function resolveCommand(cli: Cli): Command {
  return withFilter(withJson(new Command('resolve')))
    .description(
      'decide about a step that needs attention, in one run or in all that fit; the decision is kept with who and why',
    )
    .argument('[ref]', 'PROVIDER/REFERENCE, or REFERENCE; may name a member, change/… or offboarding/…')
    .argument('[step]', 'as "onboard attention" names it')
    .addArgument(new Argument('[action]').choices(RESOLUTIONS))
    .addOption(new Option('--all <action>', 'instead of one run: this action for all that fit').choices(RESOLUTIONS))
    .addOption(reasonOption('why you decide so'))
    .option('--by <name>', 'who decides; by default the user of this system')
    .addOption(
      new Option(
        '--call <number>',
        'which call for an operator you decide, as "onboard attention --json" counts them: repeated, it decides no later one',
      ).argParser(callOf),
    )
    .option('--dry-run', 'with --all: list what would be decided, and do nothing')
    .option('--yes', 'with --all: do not ask')
    .option('--confirm <id>', 'with --all: confirm, as a second person, what the one who got this id has asked for')
    .action(async (ref?: string, step?: string, action?: Resolution, options: ResolveOptions = {}) => {
      if (options.all === undefined) await one(cli, [ref, step, action], options);
      else await all(cli, options.all, ref, options);
    });
}

async function one(
  cli: Cli,
  [ref, step, action]: [string | undefined, string | undefined, Resolution | undefined],
  options: ResolveOptions,
): Promise<void> {
  const { provider = 'defentry', json, call } = options;
  const stray = (['reference', 'step', 'code', 'olderThan', 'dryRun', 'yes', 'confirm'] as const).some(
    (name) => options[name] !== undefined,
  );
  if (stray)
    throw new RequestInvalid([
      '--reference, --step, --code, --older-than, --dry-run, --yes and --confirm belong to --all; add it, or leave them out.',
    ]);
  if (ref === undefined || step === undefined || action === undefined) {
    throw new RequestInvalid([
      'REF, STEP, ACTION: name all three, or take --all ACTION; "onboard attention" lists them.',
    ]);
  }
  const verdict = onRecord(cli, action, options);
  await send(cli, ref, { provider, ...(json && { json }) }, `${step} ${action}`, (client, run) =>
    client.operator.resolve(run, { step, ...verdict, ...(call !== undefined && { call }) }),
  );
}

async function all(cli: Cli, action: Resolution, ref: string | undefined, options: ResolveOptions): Promise<void> {
  if (ref !== undefined) throw new RequestInvalid(['REF: --all is for all that fit; leave REF, STEP and ACTION out.']);
  if (options.call !== undefined) throw new RequestInvalid(['--call: belongs to one run; leave it out with --all.']);
  // A dry run decides nothing, so there is nothing to explain.
  const verdict = options.dryRun ? { action } : onRecord(cli, action, options);
  await resolveMany(cli, filterOf(options), verdict, options);
}

function onRecord(cli: Cli, action: Resolution, { reason, by = cli.userName() }: ResolveOptions): Verdict {
  const problems = [
    ...(reason === undefined ? ['--reason: is missing; say why you decide so, it is kept in the run.'] : []),
    ...(by === undefined ? ['--by: is missing, and this system knows no name of its user; add it.'] : []),
  ];
  if (reason === undefined || by === undefined) throw new RequestInvalid(problems);
  return checkVerdict({ action, by, reason });
}

function callOf(text: string): number {
  const call = Number(text);
  if (Number.isSafeInteger(call) && call > 0) return call;
  throw new InvalidArgumentError('It must be a whole number of 1 or more, as "onboard attention --json" shows it.');
}
