import { minute } from '../../contract/instant.ts';
import { FINDING_KINDS, type Finding, type Reconciliation } from '../../contract/reconciliation.ts';
import { barChart, type Bar } from './bar-chart.ts';
import { html, Html } from './html.ts';
import { findingCount, KIND_WORDS, limitsOf, OUTCOME_WORDS } from './reconciliation-words.ts';
import { STYLE } from './style.ts';

/** Also to be sent with the page. */
export const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A whole page that loads nothing from anywhere. */
export function reconciliationHtml(report: Reconciliation): string {
  const { provider, reference, startedAt, endedAt, outcome, code } = report;
  const whose = reference === undefined ? provider : `${provider}/${reference}`;
  const title = `Reconciliation of ${whose}, ${minute(startedAt)}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(REPORT_POLICY)}" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="outcome ${outcome}">${OUTCOME_WORDS[outcome]}${code === undefined ? '' : ` (${code})`}</p>
          <p class="times">From ${minute(startedAt)} to ${minute(endedAt)}.</p>
          <figure>
            ${barChart(`Accounts and findings at ${whose}`, barsOf(report))}
            <figcaption>Accounts that agree or are undecided, and findings by kind.</figcaption>
          </figure>
          ${countsTable(report)}
          <h2>Findings</h2>
          ${findingsTable(report)} ${limits(report)}
        </main>
      </body>
    </html> `;
  return `${page.text.trim()}\n`;
}

function barsOf({ counts }: Reconciliation): Bar[] {
  return [
    { label: 'Agree', count: counts.agreed, tone: 'good' },
    { label: 'Undecided', count: counts.undecided, tone: 'neutral' },
    ...FINDING_KINDS.map((kind): Bar => ({ label: KIND_WORDS[kind].title, count: counts.findings[kind], tone: 'bad' })),
  ];
}

function countsTable({ counts }: Reconciliation): Html {
  const rows: [string, number, string][] = [
    ['Known here', counts.known, 'Accounts that our runs tell of, each read at the provider.'],
    ['Agree', counts.agreed, 'Of these: as our runs left them.'],
    ['Differ', counts.differing, 'Of these: with at least one finding.'],
    ['Undecided', counts.undecided, 'Of these: a run is changing the account, or its runs do not say enough.'],
    ['Listed by the provider', counts.listed, 'Accounts in the provider’s own list.'],
    ['Not ours', counts.unclaimed, 'Of these: without a reference in our form.'],
    ...FINDING_KINDS.map((kind): [string, number, string] => {
      const { title, meaning } = KIND_WORDS[kind];
      return [title, counts.findings[kind], meaning];
    }),
  ];
  return html`<table>
    <caption>
      Counts
    </caption>
    <thead>
      <tr>
        <th scope="col">What</th>
        <th scope="col" class="number">Count</th>
        <th scope="col">Meaning</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([what, count, meaning]) =>
          html`<tr>
            <th scope="row">${what}</th>
            <td class="number">${count}</td>
            <td>${meaning}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function findingsTable(report: Reconciliation): Html {
  const { findings } = report;
  if (findings.length === 0) return html`<p>None.</p>`;
  const heads = ['Kind', 'Code', 'Reference', 'Member', 'Account id', 'As of', 'Repair'];
  return html`<div class="wide" tabindex="0" role="region" aria-label="Findings">
    <table>
      <caption>
        ${findings.length} of ${findingCount(report)}
      </caption>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${findings.map(findingRow)}
      </tbody>
    </table>
  </div>`;
}

function findingRow({ kind, code, reference, member = '', accountId = '', asOf, repair }: Finding): Html {
  return html`<tr>
    <th scope="row">${KIND_WORDS[kind].title}</th>
    <td>${code}</td>
    <td>${reference}</td>
    <td>${member}</td>
    <td>${accountId}</td>
    <td>${minute(asOf)}</td>
    <td>${repair ?? ''}</td>
  </tr> `;
}

function limits(report: Reconciliation): Html {
  const sentences = limitsOf(report);
  if (sentences.length === 0) return html``;
  return html`<h2>Limits</h2>
    <ul>
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>`;
}
