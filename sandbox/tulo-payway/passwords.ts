import { randomUUID } from 'node:crypto';
import { conflict } from './errors.ts';
import { send, withCode } from './mails.ts';
import type { Account } from './model.ts';
import { newId, record, type State } from './state.ts';

/** A code for a new password; an earlier one no longer counts (assumption, 9.1). */
export function createReset(state: State, account: Account): string {
  for (const { id } of state.resets.find('accountId', account.id)) state.resets.remove(id);
  const expiresAt = new Date(state.now().getTime() + state.options.passwordResetSeconds * 1000).toISOString();
  const code = randomUUID();
  state.resets.put({ id: newId(), accountId: account.id, code, expiresAt });
  return code;
}

/** Sends the mail by which the person chooses a password, on Payway's page or on the partner's (9.1). */
export function mailReset(state: State, account: Account, partner?: { page: string; returnUrl: string }): void {
  const code = createReset(state, account);
  const choose = { name: 'choose', label: 'Choose a password' };
  state.outbox.void(account.id, 'reset-password');
  send(state, account, 'reset-password', {
    title: `Choose a password for account ${account.id}`,
    code,
    actions: partner ? [choose, { name: 'open', label: "Open the partner's page" }] : [choose],
    ...(partner ? { partnerUrl: withCode(partner.page, account, code, partner.returnUrl) } : {}),
  });
}

/** The password itself is not kept. Assumption: a wrong, used or expired code is 409 as for an e-mail change (4.2). */
export function completeReset(state: State, account: Account, code: string): void {
  const now = state.now().toISOString();
  const reset = state.resets.find('accountId', account.id).find((each) => each.code === code && each.expiresAt > now);
  if (!reset) {
    throw conflict('invalid_confirmation_code', 'confirmation_code is not the one issued', 'confirmation_code');
  }
  state.resets.remove(reset.id);
  state.outbox.void(account.id, 'reset-password');
  record(state, 'password.set', account);
}
