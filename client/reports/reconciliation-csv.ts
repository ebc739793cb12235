import { stringify } from 'csv-stringify/sync';
import type { Reconciliation } from '../../contract/reconciliation.ts';

/** One line per finding, RFC 4180, with a head. A spreadsheet takes no value for a formula. */
export function reconciliationCsv({ provider, findings }: Reconciliation): string {
  return stringify(
    findings.map((finding) => ({ provider, ...finding })),
    {
      header: true,
      columns: ['provider', 'reference', 'kind', 'code', 'member', 'accountId', 'asOf', 'repair'],
      escape_formulas: true,
      record_delimiter: '\r\n',
    },
  );
}
