import { randomUUID } from 'node:crypto';
import { refuseDuplicates } from './creation.ts';
import { conflict } from './errors.ts';
import { send } from './mails.ts';
import type { Account } from './model.ts';
import { change, newId, record, type State } from './state.ts';

/** A changed address. Assumption: a code that went to the old one no longer counts. */
export function changeEmail(state: State, account: Account, email: string): Account {
  for (const { id } of state.verifications.find('accountId', account.id)) state.verifications.remove(id);
  state.outbox.void(account.id, 'verify-email');
  const verified = account.verified && state.options.changedEmail !== 'is-unverified';
  const changed = change(state, account, { email, verified });
  record(state, 'email.changed', changed);
  return changed;
}

function forget(state: State, account: Account): void {
  for (const { id } of state.emailChanges.find('accountId', account.id)) state.emailChanges.remove(id);
  state.outbox.void(account.id, 'change-email');
}

/** Sends a code to the new address, which replaces the old one when it comes back (9.2). Assumption: an earlier code no longer counts. */
export function requestEmailChange(state: State, account: Account, email: string): Account {
  forget(state, account);
  const code = randomUUID();
  state.emailChanges.put({ id: newId(), accountId: account.id, email, code });
  send(state, account, 'change-email', {
    to: email,
    title: `Confirm the new e-mail address of account ${account.id}`,
    code,
    actions: [{ name: 'confirm', label: 'Confirm the new e-mail address' }],
  });
  return account;
}

/** 9.2: 409 for any other code than the one issued, as the page of the `me` version says. */
export function confirmEmailChange(state: State, account: Account, code: string): Account {
  const waiting = state.emailChanges.find('accountId', account.id).find((each) => each.code === code);
  if (!waiting) {
    throw conflict('invalid_confirmation_code', 'confirmation_code is not the one issued', 'confirmation_code');
  }
  refuseDuplicates(state, { email: waiting.email }, account.id);
  forget(state, account);
  return changeEmail(state, account, waiting.email);
}
