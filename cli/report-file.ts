import { open, writeFile } from 'node:fs/promises';
import { minute } from '../contract/instant.ts';
import { FINDING_KINDS, type Reconciliation } from '../contract/reconciliation.ts';
import { OUTCOME_WORDS, RequestInvalid, limitsOf, reconciliationCsv, reconciliationHtml } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { inOneLineEach, jsonLine, table, writeLine } from './output.ts';

export const FORMATS = ['table', 'json', 'csv', 'html'] as const;
export type Format = (typeof FORMATS)[number];

/** Somebody may look at any of them in a terminal. A table fits a screen; the other formats have all that the run lists. */
const SHOWN = 200;

export function reportIn(format: Format, report: Reconciliation): string {
  return WRITERS[format](report);
}

const WRITERS: Record<Format, (report: Reconciliation) => string> = {
  table: (report) => inWords(inOneLineEach(report)),
  json: (report) => `${jsonLine(report)}\n`,
  csv: (report) => reconciliationCsv(inOneLineEach(report)),
  html: (report) => reconciliationHtml(inOneLineEach(report)),
};

/** Before anything is started: hours later it would be too late to hear that there is no such folder. */
export async function writable(file: string): Promise<void> {
  try {
    await (await open(file, 'a')).close();
  } catch (error) {
    const reason = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new RequestInvalid([`--out: the file cannot be written (${reason}); check its path and rights.`]);
  }
}

export async function writeReport(cli: Cli, text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    cli.stdout.write(text);
    return;
  }
  await writeFile(file, text);
  writeLine(cli.stderr, 'The report is written.');
}

function inWords(report: Reconciliation): string {
  const { counts, findings, outcome, code } = report;
  const some = findings.slice(0, SHOWN);
  const kinds = FINDING_KINDS.filter((kind) => counts.findings[kind] > 0).map(
    (kind) => `${counts.findings[kind]} ${kind}`,
  );
  const rows = some.map((one) => [
    one.reference,
    one.kind,
    one.code,
    one.member,
    one.accountId,
    minute(one.asOf),
    one.repair,
  ]);
  return [
    `${OUTCOME_WORDS[outcome]}${code === undefined ? '' : ` (${code})`}`,
    `${counts.known} known: ${counts.agreed} agree, ${counts.differing} differ, ${counts.undecided} undecided; ${counts.listed} listed, ${counts.unclaimed} of them not ours`,
    ...(kinds.length === 0 ? [] : [`Findings: ${kinds.join(', ')}`]),
    ...limitsOf(report),
    ...(some.length === 0
      ? []
      : ['', table(['REFERENCE', 'KIND', 'CODE', 'MEMBER', 'ACCOUNT', 'AS OF', 'REPAIR'], rows)]),
    ...(findings.length > SHOWN ? [`The first ${SHOWN} of ${findings.length}; take --format csv for all.`] : []),
    '',
  ].join('\n');
}
