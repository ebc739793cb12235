import { Command } from 'commander';
import { RequestInvalid } from '../../client/index.ts';
import { signedLines, verifyLines } from '../../encryption/signed-lines.ts';
import { auditRead } from '../audit.ts';
import { aboutRun, customerOf, withClient, withJson, type Cli, type CommonOptions } from '../cli.ts';
import { EXIT } from '../exit-codes.ts';
import { readText } from '../input.ts';
import { writeJson, writeLine } from '../output.ts';

/** Prints people's own words about a customer: who may run it may read them. */
export function exportCommand(cli: Cli): Command {
  return aboutRun(
    'export',
    'all decisions and changes of a customer as signed JSON lines, of all its runs that Temporal keeps',
  ).action(async (ref: string, options: CommonOptions) => {
    const customer = customerOf(ref, options);
    const facts = await withClient(cli, (client) => client.operator.facts(customer.provider, customer.reference));
    auditRead(cli, 'decisions', customer);
    for (const line of signedLines(cli.keyRing(), facts)) writeLine(cli.stdout, line);
  });
}

/** Asks nobody: the lines and the key say it. */
export function verifyCommand(cli: Cli): Command {
  return withJson(new Command('verify'))
    .description('whether an export is as it was written: nothing changed, added, left out or cut')
    .argument('<file>', 'as "export" printed it; - reads the standard input')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const text = await readText(file, cli.stdin);
      const verified = verifyLines(cli.keyRing(), text.split(/\r?\n/).slice(0, text.endsWith('\n') ? -1 : undefined));
      if ('problem' in verified) {
        if (!json) throw new RequestInvalid([`FILE: line ${verified.line} ${verified.problem}.`]);
        cli.exitWith(EXIT.usage);
        writeJson(cli.stdout, { valid: false, ...verified });
      } else if (json) writeJson(cli.stdout, { valid: true, records: verified.records.length });
      else writeLine(cli.stdout, `The export is as it was written: ${verified.records.length} records.`);
    });
}
