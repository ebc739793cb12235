import { invalid, notFound, PaywayError } from './errors.ts';
import { send } from './mails.ts';
import type { Account, Sharing, UserProduct } from './model.ts';
import { emailKey, newId, record, type State } from './state.ts';

/** The account that an invited address belongs to, if there is one by now. */
export function receiverOf({ accounts, options }: State, { email }: Sharing): Account | undefined {
  return accounts.find('email', emailKey(options, email)).find(({ status }) => status !== 'archived');
}

/** What happens to a share is recorded under the receiver, or under the sharer while the receiver has no account. */
function recordShare(state: State, effect: Parameters<typeof record>[1], sharing: Sharing): void {
  const about = receiverOf(state, sharing) ?? state.accounts.get(sharing.sharerId);
  if (about) record(state, effect, about, { ownerId: sharing.sharerId, itemId: sharing.id });
}

const sharesOf = ({ sharings }: State, product: UserProduct): Sharing[] =>
  sharings.find('sharerId', product.accountId).filter(({ userProductId }) => userProductId === product.id);

/** The shares that an account was invited to by its address, accepted or not. */
export const invitationsOf = ({ sharings, options }: State, { email }: Account): Sharing[] =>
  email === null ? [] : sharings.find('email', emailKey(options, email));

export const pendingShares = (state: State, account: Account): Sharing[] =>
  invitationsOf(state, account).filter((sharing) => sharing.state === 'pending');

export function accept(state: State, sharing: Sharing): void {
  if (sharing.state === 'active') return;
  state.sharings.put({ ...sharing, state: 'active' });
  state.outbox.void(sharing.sharerId, 'invitation', sharing.id);
  recordShare(state, 'invitation.accepted', sharing);
}

export function acceptAll(state: State, receiver: Account): void {
  for (const sharing of pendingShares(state, receiver)) accept(state, sharing);
}

export function remove(state: State, sharing: Sharing): void {
  recordShare(state, 'member.removed', sharing);
  state.outbox.void(sharing.sharerId, 'invitation', sharing.id);
  state.sharings.remove(sharing.id);
}

/** Ends all shares that an account has received or was invited to. */
export function leaveAll(state: State, receiver: Account): void {
  for (const sharing of invitationsOf(state, receiver)) remove(state, sharing);
}

/**
 * Shares a subscription with addresses, all or none, and invites them (10).
 * Assumptions: a package that cannot be shared, too many receivers and an address that was invited before are refused with 400.
 */
export function share(
  state: State,
  sharer: Account,
  product: UserProduct,
  { emails, accepts }: { emails: string[]; accepts: boolean },
): Sharing[] {
  const limit = state.options.packages[product.productCode]?.receivers ?? null;
  if (limit === null) throw invalid('user_product_id', 'The package can not be shared');
  const there = sharesOf(state, product);
  const keys = emails.map((email) => emailKey(state.options, email));
  if (there.length + keys.length > limit) throw invalid('contact_emails', `The sharing limit is ${limit}`);
  const known = new Set(there.map(({ email }) => emailKey(state.options, email)));
  if (keys.some((key) => known.has(key)) || new Set(keys).size < keys.length) {
    throw invalid('contact_emails', 'The subscription is shared with a receiver already');
  }
  return emails.map((email) => invite(state, sharer, product, email, accepts));
}

function invite(state: State, sharer: Account, product: UserProduct, email: string, accepts: boolean): Sharing {
  const sharing: Sharing = {
    id: newId(),
    sharerId: sharer.id,
    userProductId: product.id,
    email,
    state: 'pending',
  };
  state.sharings.put(sharing);
  recordShare(state, 'member.added', sharing);
  send(state, sharer, 'invitation', {
    to: email,
    title: `Invitation ${sharing.id} to a subscription of account ${sharer.id}`,
    actions: [{ name: 'accept', label: 'Accept invitation' }],
    subjectId: sharing.id,
  });
  recordShare(state, 'invitation.sent', sharing);
  if (accepts && receiverOf(state, sharing)) accept(state, sharing);
  return sharing;
}

/** A share that the account may act on, or 404 for an unknown one and 400 `invalid_account` (4.2). */
export function shareOf(state: State, id: string, account: Account, who: 'receiver' | 'either'): Sharing {
  const sharing = state.sharings.get(id.toLowerCase());
  if (!sharing) throw notFound('package_sharing');
  const may = receiverOf(state, sharing)?.id === account.id || (who === 'either' && sharing.sharerId === account.id);
  if (!may) throw new PaywayError(400, 'invalid_account', 'The account has no part in this sharing', 'id');
  return sharing;
}
