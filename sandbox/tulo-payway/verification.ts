import { randomUUID } from 'node:crypto';
import { VendorError } from '../core/http.ts';
import { conflict, PaywayError } from './errors.ts';
import { send, withCode } from './mails.ts';
import type { Account, Verification } from './model.ts';
import { acceptAll } from './sharing.ts';
import { change, newId, record, type State } from './state.ts';

/** The request whose code counts, if there is one (8.1). */
export function pendingOf({ verifications, now }: State, account: Account): Verification | undefined {
  const at = now().toISOString();
  return verifications.find('accountId', account.id).find(({ expiresAt }) => expiresAt > at);
}

function refuseTooSoon({ verifications, options, now }: State, account: Account): void {
  const last = verifications.find('accountId', account.id).at(-1);
  const freeAt = last ? Date.parse(last.createdAt) + options.verification.resendSeconds * 1000 : 0;
  const wait = Math.ceil((freeAt - now().getTime()) / 1000);
  if (wait > 0) throw new VendorError(429, 'Too many requests', { headers: { 'retry-after': String(wait) } });
}

function newRequest(state: State, account: Account): Verification {
  const { seconds, repeat } = state.options.verification;
  const pending = pendingOf(state, account);
  if (pending && repeat === 'keeps') return pending;
  for (const { id } of state.verifications.find('accountId', account.id)) state.verifications.remove(id);
  const now = state.now();
  const request = {
    id: newId(),
    accountId: account.id,
    code: randomUUID(),
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + seconds * 1000).toISOString(),
  };
  state.verifications.put(request);
  return request;
}

/** Sends a mail with a code; an earlier mail is overtaken. 409 for a verified account (8.1). */
export function requestVerification(state: State, account: Account, page?: string): Verification {
  if (account.verified) throw conflict('already_verified', 'account is already verified', 'account');
  refuseTooSoon(state, account);
  const request = newRequest(state, account);
  state.outbox.void(account.id, 'verify-email');
  const confirm = { name: 'confirm', label: 'Confirm e-mail address' };
  send(state, account, 'verify-email', {
    title: `Verify the e-mail address of account ${account.id}`,
    code: request.code,
    // Whether the person's browser or the partner's page hands in the code makes no difference to the account.
    actions: page === undefined ? [confirm] : [confirm, { name: 'open', label: "Open the partner's page" }],
    ...(page === undefined ? {} : { partnerUrl: withCode(page, account, request.code) }),
  });
  return request;
}

/** Confirms the address: the account becomes active and its pending shares are accepted (8.1). */
function confirm(state: State, account: Account): Account {
  for (const { id } of state.verifications.find('accountId', account.id)) state.verifications.remove(id);
  state.outbox.void(account.id, 'verify-email');
  const confirmed = change(state, account, { verified: true, status: 'active' });
  record(state, 'email.confirmed', confirmed);
  if (account.status !== 'active') record(state, 'account.activated', confirmed);
  acceptAll(state, confirmed);
  return confirmed;
}

/** 17.7: wrong, used and expired codes are the same; a verified account has a code of its own. */
export function verify(state: State, account: Account, code: string): Account {
  if (account.verified) {
    if (state.options.verifiedAgain === 'accepted') return account;
    throw conflict('already_verified', 'account is already verified', 'account');
  }
  if (pendingOf(state, account)?.code !== code) {
    const message = 'confirmation_code is not the one issued';
    throw new PaywayError(state.options.wrongCode, 'invalid_confirmation_code', message, 'confirmation_code');
  }
  return confirm(state, account);
}
