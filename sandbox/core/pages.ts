import { html, page, type Html } from './html.ts';
import type { LedgerEntry } from './ledger.ts';
import type { OutboxItem } from './outbox.ts';

const BASE = '/_sandbox';

function buttons(item: OutboxItem): Html {
  const each = item.actions.map(
    (action) =>
      html`<form method="post" action="${BASE}/outbox/${item.id}/${action.name}">
        <button type="submit" aria-label="${action.label}: ${item.title}">${action.label}</button>
      </form>`,
  );
  return html`${each}`;
}

const state = (item: OutboxItem) => (item.state === 'done' ? `done: ${item.action}` : item.state);

function row(item: OutboxItem): Html {
  return html`<tr>
    <th scope="row"><a href="${BASE}/outbox/${item.id}">${item.title}</a></th>
    <td>${item.to ?? '–'}</td>
    <td>${item.accountId}</td>
    <td>${item.createdAt}</td>
    <td>${item.state === 'open' ? buttons(item) : state(item)}</td>
  </tr>`;
}

function effect(entry: LedgerEntry): Html {
  return html`<tr>
    <td>${entry.seq}</td>
    <td>${entry.at}</td>
    <th scope="row">${entry.effect}</th>
    <td>${entry.accountId}</td>
    <td>${entry.externalId ?? '–'}</td>
  </tr>`;
}

/** The page on which a person plays the customers. */
export function outboxPage(vendor: string, items: OutboxItem[], entries: LedgerEntry[]): string {
  const content = html`
    <p class="note">A sandbox: no mail leaves it, no real identification happens. <a href="${BASE}/">Refresh</a></p>
    ${items.length === 0 ? html`<p>Nothing yet: mails and identifications turn up here.</p>` : html``}
    <table>
      <caption>
        Mails and identifications, newest first
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">To</th>
          <th scope="col">Account</th>
          <th scope="col">Since</th>
          <th scope="col">Do</th>
        </tr>
      </thead>
      <tbody>
        ${items.toReversed().map(row)}
      </tbody>
    </table>
    <table>
      <caption>
        What really happened, newest first
      </caption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">At</th>
          <th scope="col">Effect</th>
          <th scope="col">Account</th>
          <th scope="col">External id</th>
        </tr>
      </thead>
      <tbody>
        ${entries.toReversed().map(effect)}
      </tbody>
    </table>
  `;
  return page(`${vendor} sandbox: outbox`, content);
}

/** What the link in a mail, or the redirect to an identification, opens. Opening it has no effect. */
export function itemPage(vendor: string, item: OutboxItem): string {
  const content = html`
    <p class="note">A stand-in of the ${vendor} sandbox.</p>
    <p>${item.to === null ? '' : `To: ${item.to}`}</p>
    ${item.code === undefined ? '' : html`<p>Code: <code>${item.code}</code></p>`}
    ${item.state === 'open' ? buttons(item) : html`<p role="status">Closed (${state(item)}). Nothing is left to do.</p>`}
    <p><a href="${BASE}/">Back to the outbox</a></p>
  `;
  return page(item.title, content);
}

export function messagePage(vendor: string, message: string): string {
  return page(
    `${vendor} sandbox`,
    html`<p role="alert">${message}</p>
      <p><a href="${BASE}/">Back to the outbox</a></p>`,
  );
}
