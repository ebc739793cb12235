import { reconciliationCsv } from '../../../client/reports/reconciliation-csv.ts';
import { reconciliationHtml } from '../../../client/reports/reconciliation-html.ts';
import { FINDING_KINDS, type Reconciliation } from '../../../contract/reconciliation.ts';

const HOSTILE = `<img src=x onerror="alert(1)">&'`;
const report: Reconciliation = {
  provider: 'defentry',
  startedAt: '2026-11-26T02:00:00.000Z',
  endedAt: '2026-11-26T02:41:00.000Z',
  outcome: 'differences',
  counts: {
    known: 1200,
    agreed: 1180,
    differing: 11,
    undecided: 9,
    listed: 1204,
    unclaimed: 3,
    findings: {
      missing: 2,
      foreign: 4,
      'half-done': 3,
      'monitoring-off': 5,
      'monitoring-on': 1,
      member: 0,
      unreadable: 0,
    },
  },
  findings: [
    {
      kind: 'monitoring-off',
      code: 'SwitchedOff',
      reference: 'customer-4711',
      accountId: 'a-1',
      asOf: '2026-10-01T08:00:00.000Z',
      repair: 'ssn-monitoring-on',
    },
    { kind: 'missing', code: 'NoAccount', reference: 'customer-4712', asOf: '2026-09-12T08:00:00.000Z' },
    { kind: 'member', code: 'MemberMissing', reference: 'customer-4713', accountId: 'a-3', member: 'anna' },
    { kind: 'foreign', code: 'NoRun', reference: HOSTILE, accountId: '=HYPERLINK("x")' },
  ],
  unlisted: 11,
  foreignSought: true,
  retention: 30 * 86_400,
};
const page = reconciliationHtml(report);

describe('the page', () => {
  test('loads nothing and runs nothing, and says so to the browser', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline';`);
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import|href=/);
  });

  test('shows a value as text, whatever it holds', () => {
    expect(page).toContain('<td>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;</td>');
    expect(page).not.toContain('<img');
  });

  test('has a picture of the counts, with its text for those who do not see it', () => {
    expect(page).toMatch(/<svg[^>]*role="img"[^>]*aria-labelledby="chart-title chart-text"/);
    expect(page).toMatch(/<title id="chart-title">Accounts and findings at defentry<\/title>/);
    expect(page).toContain('Agree: 1180, Undecided: 9, Missing: 2, Foreign: 4,');
    const widths = [...page.matchAll(/<rect class="\w+" x="190" y="\d+" width="(\d+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(2 + FINDING_KINDS.length);
    // In proportion; none at all for none, and never too thin to be seen for some.
    expect(widths[0]).toBe(Math.max(...widths));
    expect(widths[2]).toBe(2);
    expect(widths[7]).toBe(0);
  });

  test('is read by a screen reader: language, title, heads and captions of tables', () => {
    expect(page).toMatch(/<html lang="en">/);
    expect(page).toMatch(/<title>Reconciliation of defentry, 2026-11-26 02:00 UTC<\/title>/);
    expect([...page.matchAll(/<caption>/g)]).toHaveLength(2);
    expect([...page.matchAll(/<table>/g)]).toHaveLength(2);
    expect([...page.matchAll(/<th(?=[ >])(?![^>]*scope=)/g)]).toEqual([]);
  });

  test('says what the numbers do not', () => {
    expect(page).toContain('Temporal keeps a run that has ended for 30 days.');
    expect(page).toContain('11 more findings are counted, but not listed.');
    expect(reconciliationHtml({ ...report, foreignSought: false })).toContain('Foreign accounts were not looked for');
  });

  test('of a run without findings says none', () => {
    const quiet = reconciliationHtml({ ...report, outcome: 'agreed', findings: [], unlisted: 0 });
    expect(quiet).toContain('No differences.');
    expect(quiet).toContain('<p>None.</p>');
  });
});

describe('CSV', () => {
  const lines = reconciliationCsv(report).split('\r\n');

  test('has a head and a line per finding', () => {
    expect(lines[0]).toBe('provider,reference,kind,code,member,accountId,asOf,repair');
    expect(lines[1]).toBe(
      'defentry,customer-4711,monitoring-off,SwitchedOff,,a-1,2026-10-01T08:00:00.000Z,ssn-monitoring-on',
    );
    expect(lines).toHaveLength(1 + report.findings.length + 1);
  });

  test.each(['=1+1', ' =1+1', '\n=1+1', '\t@SUM(1)', '|calc', '\u00a0+1', '\uff1d1', '-1'])(
    '%j is no formula to a spreadsheet',
    (member) => {
      const finding = { ...report.findings[0]!, member };
      const text = reconciliationCsv({ ...report, findings: [finding] });
      expect(text).toContain(`'${member}`);
    },
  );

  test('a name with a sign in it stays as it is', () => {
    const finding = { ...report.findings[0]!, member: 'a=b|c-d' };
    expect(reconciliationCsv({ ...report, findings: [finding] })).not.toContain("'");
  });

  test('is no formula to a spreadsheet, and quotes what must be quoted', () => {
    expect(lines[4]).toContain(`"<img src=x onerror=""alert(1)"">&'"`);
    expect(lines[4]).toContain(`"'=HYPERLINK(""x"")"`);
  });

  test('of nothing is the head alone', () => {
    expect(reconciliationCsv({ ...report, findings: [] })).toBe(`${lines[0]}\r\n`);
  });
});
