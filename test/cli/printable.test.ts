import { PassThrough } from 'node:stream';
import { FORMATS, reportIn } from '../../cli/report-file.ts';
import { FINDING_KINDS, type Reconciliation } from '../../contract/reconciliation.ts';
import { oneLine, table, writeJson, writeLine } from '../../cli/output.ts';

const ESC = '\u001b';
const FORGED = [
  'fine\n2026-12-01  identify  skip  chief',
  `fine${ESC}[2K${ESC}[1A`,
  'fine\rforged',
  'fine\u009b2J',
  'fine\u2028forged',
  'fine\u202eforged',
];
const OBEYED = /[\p{Cc}\u2028\u2029\u202e]/u;
/** Ends of lines are ours. */
const within = (text: string) => text.replaceAll('\n', '');

function printed(print: (stream: PassThrough) => void): string {
  const stream = new PassThrough();
  print(stream);
  return String(stream.read());
}

test.each(FORGED)('%j tells the terminal nothing, and begins no line of a table', (value) => {
  const text = printed((stream) => writeLine(stream, table(['REASON'], [[value]])));
  expect(text.trimEnd().split('\n')).toHaveLength(2);
  expect(within(text)).not.toMatch(OBEYED);
  expect(within(printed((stream) => writeLine(stream, value)))).not.toMatch(OBEYED);
  expect(oneLine(value)).not.toContain('\n');
});

test.each(FORGED)('%j as JSON is the same value, in one line that the terminal does not obey', (value) => {
  const text = printed((stream) => writeJson(stream, { value }));
  expect(within(text)).not.toMatch(OBEYED);
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(text)).toEqual({ value });
});

test('what people write stays', () => {
  expect(printed((stream) => writeLine(stream, 'Åsa Öberg – ok 👍\n\tnext'))).toBe('Åsa Öberg – ok 👍\n\tnext\n');
});

test.each(FORGED.flatMap((value) => FORMATS.map((format) => [value, format] as const)))(
  '%j in a report as %s is not obeyed by who looks at it in a terminal',
  (value, format) => {
    const none = { known: 0, agreed: 0, differing: 0, undecided: 0, listed: 0, unclaimed: 0 };
    const report: Reconciliation = {
      provider: 'defentry',
      startedAt: '2026-11-26T02:00:00.000Z',
      endedAt: '2026-11-26T02:41:00.000Z',
      outcome: 'stopped',
      code: value,
      counts: { ...none, findings: Object.fromEntries(FINDING_KINDS.map((kind) => [kind, 0])) as never },
      findings: [{ kind: 'foreign', code: value, reference: value, accountId: value }],
      unlisted: 0,
      foreignSought: true,
    };
    const text = reportIn(format, report);
    expect(text).toContain('fine');
    expect(text.replaceAll('\r\n', '')).not.toContain(value);
    expect(text.replaceAll(/\r?\n/g, '')).not.toMatch(OBEYED);
  },
);
