import { VendorError } from '../core/http.ts';
import type { OutboxItem } from '../core/outbox.ts';
import type { Account } from './model.ts';
import { change, record, type State } from './state.ts';

/** Assumption: nothing is known of how the holder of a new account gets in; a step outside the API must exist (5, 10). */
export function inviteHolder(state: State, account: Account): Account {
  const item = state.outbox.post({
    kind: 'activate',
    accountId: account.id,
    to: account.email,
    title: `Activate account ${account.id} in the web app`,
    actions: [{ name: 'activate', label: 'Activate in the web app' }],
  });
  record(state, 'mail.sent', account, { kind: 'activate', itemId: item.id });
  return change(state, account, { activation: 'invited' });
}

/** What the person does in the web app. No route of the vendor tells of it. */
export function activate(state: State, item: OutboxItem): undefined {
  const account = state.accounts.get(item.accountId);
  if (!account || account.deleted !== null) throw new VendorError(404, 'No such account.');
  record(state, 'account.activated', change(state, account, { activation: 'active' }));
}
