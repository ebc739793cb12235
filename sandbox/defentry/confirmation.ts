import type { Account } from './model.ts';
import { change, record, type State } from './state.ts';
import { refuseTaken } from './uniqueness.ts';

/** Switches an account on; nothing happens when it is on. */
export function activate(state: State, account: Account): Account {
  if (account.active) return account;
  const activationDate = state.now().toISOString().slice(0, 10);
  const active = change(state, account, { active: true, deactivated: false, activationDate });
  record(state, 'account.activated', active);
  return active;
}

export function deactivate(state: State, account: Account): Account {
  if (account.deactivated) return account;
  const inactive = change(state, account, { active: false, deactivated: true });
  record(state, 'account.deactivated', inactive);
  return inactive;
}

/** Sends the mail whose click confirms the address, the new one if there is any; an earlier mail is overtaken. */
export function requestConfirmation(state: State, account: Account): Account {
  state.outbox.void(account.id, 'confirm-email');
  const item = state.outbox.post({
    kind: 'confirm-email',
    accountId: account.id,
    to: account.pendingEmail ?? account.email,
    title: `Confirm the e-mail address of account ${account.id}`,
    actions: [{ name: 'confirm', label: 'Confirm e-mail address' }],
  });
  record(state, 'mail.sent', account, { kind: 'confirm-email', itemId: item.id });
  return change(state, account, { confirmationSentAt: state.now().toISOString() });
}

/** The click. An account the partner has deactivated stays so (assumption, 9.8). */
export function confirmEmail(state: State, account: Account): void {
  const { pendingEmail } = account;
  const email = pendingEmail ?? account.email;
  if (pendingEmail !== null) refuseTaken(state, { email: pendingEmail }, account.id);
  const confirmed = change(state, account, { email, emailConfirmed: true, pendingEmail: null });
  if (pendingEmail !== null) record(state, 'email.changed', confirmed);
  record(state, 'email.confirmed', confirmed);
  if (!confirmed.deactivated) activate(state, confirmed);
}

/** A new address is unconfirmed until it is clicked (9.8). */
export function changeEmail(state: State, account: Account, email: string): Account {
  const { changedEmail, confirmation } = state.options;
  if (email === account.email) return withdrawRequest(state, account);
  if (confirmation === 'required' && changedEmail === 'replaces-when-confirmed') return request(state, account, email);
  const active = account.active && (changedEmail === 'keeps-active' || confirmation === 'none');
  const changed = change(state, account, { email, emailConfirmed: false, active });
  record(state, 'email.changed', changed);
  return confirmation === 'none' ? changed : requestConfirmation(state, changed);
}

function request(state: State, account: Account, pendingEmail: string): Account {
  if (account.pendingEmail === pendingEmail) return account;
  const asked = change(state, account, { pendingEmail });
  record(state, 'email.requested', asked);
  return requestConfirmation(state, asked);
}

/** The address is the account's own again, or still. */
function withdrawRequest(state: State, account: Account): Account {
  if (account.pendingEmail === null) return account;
  state.outbox.void(account.id, 'confirm-email');
  return change(state, account, { pendingEmail: null });
}
