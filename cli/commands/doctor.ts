import { Command, Option } from 'commander';
import { PROVIDERS } from '../../contract/request.ts';
import { type CheckResult, examine } from '../../client/index.ts';
import { withJson, type Cli } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { writeJson, writeLine } from '../output.ts';

const MARKS: Record<CheckResult['state'], string> = { ok: 'ok  ', warning: 'warn', failed: 'FAIL', skipped: 'skip' };

export function doctorCommand(cli: Cli): Command {
  return withJson(new Command('doctor'))
    .description('check server, namespace, search attributes, key and workers, and say what to do')
    .addOption(new Option('--provider <name>', 'whose workers are looked for').choices(PROVIDERS).default('defentry'))
    .action(async ({ json, provider }: { json?: boolean; provider: string }) => {
      let failed = false;
      for await (const finding of examine(provider)) {
        failed ||= finding.state === 'failed';
        if (json) writeJson(cli.stdout, finding);
        else
          writeLine(
            cli.stdout,
            [`${MARKS[finding.state]}  ${finding.check}: ${finding.detail}`, ...remedy(finding)].join('\n'),
          );
      }
      if (failed) cli.exitWith(EXIT.unavailable);
    });
}

function remedy({ remedy }: CheckResult): string[] {
  return remedy === undefined ? [] : [`      ${remedy}`];
}
