import { VendorError } from '../core/http.ts';
import type { OutboxItem } from '../core/outbox.ts';
import { confirmEmail } from './confirmation.ts';
import { decideEid } from './eid.ts';
import { acceptInvitation } from './members.ts';
import { accountOf, isPlain, type State } from './state.ts';
import { confirmItem } from './watchlists.ts';

/** What the customer's click does. Answers where the browser goes next, if anywhere. */
export function act(
  state: State,
  item: OutboxItem,
  action: string,
  input: Record<string, unknown>,
): string | undefined {
  const named = state.accounts.get(item.accountId);
  const account = named && isPlain(named) ? named : accountOf(state, item.accountId);
  switch (item.kind) {
    case 'confirm-email':
      confirmEmail(state, account);
      return undefined;
    case 'invitation':
      acceptInvitation(state, account);
      return undefined;
    case 'confirm-watchlist-item':
      confirmItem(state, account, item.subjectId ?? '');
      return undefined;
    case 'eid':
      return decideEid(state, account, item.subjectId ?? '', action, input['ssn']);
    default:
      throw new VendorError(404, 'No such kind of item.');
  }
}
