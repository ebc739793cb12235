import { stringify } from 'csv-stringify/sync';
import type { Reconciliation } from '../../contract/reconciliation.ts';

/** What spreadsheets take for a formula and `escape_formulas` does not know: one behind blanks or a line feed, and DDE's `|`. */
const FORMULA = /^\s+[=+\-@|\uff1d\uff0b\uff0d\uff20]|^[\n|]/;

/** One line per finding, RFC 4180, with a head. A spreadsheet takes no value for a formula. */
export function reconciliationCsv({ provider, findings }: Reconciliation): string {
  return stringify(
    findings.map((finding) => ({ provider, ...finding })),
    {
      header: true,
      columns: ['provider', 'reference', 'kind', 'code', 'member', 'accountId', 'asOf', 'repair'],
      escape_formulas: true,
      cast: { string: (value) => (FORMULA.test(value) ? `'${value}` : value) },
      record_delimiter: '\r\n',
    },
  );
}
