import type { NewItem } from '../core/outbox.ts';
import type { Account } from './model.ts';
import { record, type State } from './state.ts';

export type Kind = 'welcome' | 'verify-email' | 'reset-password' | 'change-email' | 'invitation';

const TEMPLATES = {
  welcome: 'welcome',
  'verify-email': 'verification',
  'reset-password': 'passwordReset',
  'change-email': 'emailChange',
  invitation: 'sharing',
} as const;

/** Sends a mail, unless its template is switched off (9.3). */
export function send(
  state: State,
  account: Account,
  kind: Kind,
  mail: Omit<NewItem, 'kind' | 'accountId' | 'to'> & { to?: string },
): void {
  if (!state.options.mails[TEMPLATES[kind]]) return;
  const item = state.outbox.post({ to: account.email, ...mail, kind, accountId: account.id });
  record(state, 'mail.sent', account, { kind, itemId: item.id });
}

/** The partner's page with the code. Assumption for verification: as the mail for a new password has it (8.2). */
export function withCode(page: string, account: Account, code: string, returnUrl?: string): string {
  const url = new URL(page);
  url.searchParams.set('id', account.id);
  url.searchParams.set('confirmation_code', code);
  if (returnUrl !== undefined) url.searchParams.set('return_url', returnUrl);
  return url.href;
}
