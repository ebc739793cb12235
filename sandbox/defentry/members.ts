import { VendorError } from '../core/http.ts';
import { activate } from './confirmation.ts';
import { createAccount } from './creation.ts';
import type { Account } from './model.ts';
import { change, isPlain, record, type State } from './state.ts';
import type { Person } from './validation.ts';

/** Assumption, for this whole file (3.4 shows no bodies): members are accounts of their own, or plain persons, that belong to an owner. */
export const membersOf = ({ accounts }: State, owner: Account): Account[] =>
  accounts.find('ownerId', owner.id).filter(({ deleted }) => !deleted);

export function addMember(state: State, owner: Account, person: Person): Account {
  const room = owner.planId === null ? 0 : (state.options.plans[owner.planId]?.members ?? 0);
  if (membersOf(state, owner).length >= room) throw new VendorError(403, 'The plan does not include more members.');
  return createAccount(state, person, { type: 'SINGLE', owner });
}

/** Sends an invitation, also once more; 409 when the member has accepted. */
export function invite(state: State, member: Account): Account {
  if (member.invitation === 'ACCEPTED') throw new VendorError(409, 'The member has accepted already.');
  state.outbox.void(member.id, 'invitation');
  const item = state.outbox.post({
    kind: 'invitation',
    accountId: member.id,
    to: member.email ?? member.phone,
    title: `Invitation of member ${member.id} to account ${member.ownerId}`,
    actions: [{ name: 'accept', label: 'Accept invitation' }],
  });
  const invited = change(state, member, { invitation: 'PENDING' });
  record(state, 'mail.sent', invited, { kind: 'invitation', itemId: item.id });
  record(state, 'invitation.sent', invited, { itemId: item.id });
  return invited;
}

/** The member's click: it proves the address too. */
export function acceptInvitation(state: State, member: Account): void {
  const acceptedAt = state.now().toISOString();
  const accepted = change(state, member, { invitation: 'ACCEPTED', acceptedAt, emailConfirmed: member.email !== null });
  record(state, 'invitation.accepted', accepted);
  if (isPlain(accepted)) change(state, accepted, { active: true });
  else if (!accepted.deactivated) activate(state, accepted);
}
