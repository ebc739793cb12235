import { Command, Option } from 'commander';
import type { ReconcileInput } from '../../contract/reconciliation.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { RequestInvalid } from '../../client/index.ts';
import { checkReconcile } from '../../client/requests/reconciliation.ts';
import { customerOf, withClient, withJson, type Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { writeLine } from '../output.ts';
import { followReconciliation } from '../follow-reconciliation.ts';
import { FORMATS, reportIn, writable, writeReport, type Format } from '../report-file.ts';
import { repairAll, type RepairOptions } from '../repair-all.ts';
import { reconcileScheduleCommand } from './reconcile-schedule.ts';

interface ReconcileOptions extends RepairOptions {
  provider?: string;
  pause?: string;
  last?: boolean;
  format?: Format;
  out?: string;
  repair?: boolean;
}

export function reconcileCommand(cli: Cli): Command {
  return withJson(new Command('reconcile'))
    .description('compare what our runs say of accounts with what the provider says, and report the differences')
    .argument('[ref]', 'PROVIDER/REFERENCE, or REFERENCE; without it all accounts of --provider')
    .addOption(new Option('--provider <name>', `all of this provider, or where REF names none`).choices(PROVIDERS))
    .option('--last', 'the report of the newest run over all accounts that has ended, instead of a new one')
    .option('--pause <duration>', 'between two pages, as an ISO 8601 duration; PT5S by default')
    .addOption(new Option('--format <format>', 'table by default').choices(FORMATS))
    .option('--out <file>', 'write the report there instead of to the standard output')
    .option('--repair', 'have the changes made that mend what a program may mend: monitoring on, an undo finished')
    .option('--dry-run', 'list what --repair would do, and do nothing')
    .option('--yes', 'with --repair: do not ask')
    .option('--confirm <id>', 'with --repair: confirm, as a second person, what the one who got this id has asked for')
    .addHelpText('after', '\nExit code 0: all agrees; 6: there are differences, or the provider could not be read.')
    .enablePositionalOptions()
    .addCommand(reconcileScheduleCommand(cli))
    .action(async (ref: string | undefined, options: ReconcileOptions) => {
      const input = inputOf(ref, options);
      const format = options.format ?? (options.json ? 'json' : 'table');
      if (options.out !== undefined) await writable(options.out);
      await withClient(cli, async (client) => {
        const report = options.last
          ? await client.reconciliations.latest(input.provider)
          : await followReconciliation(cli, client, input, options.json);
        if (!report) {
          writeLine(cli.stderr, 'Interrupted; the run goes on. Later: onboard reconcile --last');
          return cli.exitWith(EXIT.interrupted);
        }
        await writeReport(cli, reportIn(format, report), options.out);
        if (report.outcome !== 'agreed') cli.exitWith(EXIT.notCompleted);
        if (options.repair || options.dryRun) {
          // Where the report is a document on the standard output, nothing else may stand in it.
          const beside = format === 'table' || format === 'json' || options.out !== undefined;
          await repairAll({ ...cli, stdout: beside ? cli.stdout : cli.stderr }, client, report, options);
        }
      });
    });
}

function inputOf(ref: string | undefined, options: ReconcileOptions): ReconcileInput {
  const { provider, pause, last, repair, dryRun, yes, confirm } = options;
  const problems = [
    ...(ref === undefined && provider === undefined ? ['--provider: is missing; add it, or name one account.'] : []),
    ...(last && ref !== undefined ? ['--last: is about all accounts of a provider; leave REF out.'] : []),
    ...(last && (repair || dryRun) ? ['--repair: needs a fresh look; leave --last out.'] : []),
    ...(confirm !== undefined && !repair ? ['--confirm: belongs to --repair; add it, or leave --confirm out.'] : []),
    ...(yes && !repair ? ['--yes: belongs to --repair; add it, or leave --yes out.'] : []),
  ];
  if (problems.length > 0) throw new RequestInvalid(problems);
  const whose = ref === undefined ? { provider } : customerOf(ref, { provider: provider ?? 'defentry' });
  return checkReconcile({ ...whose, policy: pause === undefined ? undefined : { pause } });
}
