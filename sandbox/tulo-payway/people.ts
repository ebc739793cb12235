import { randomUUID } from 'node:crypto';
import { VendorError } from '../core/http.ts';
import type { OutboxItem } from '../core/outbox.ts';
import { createAccount } from './creation.ts';
import { confirmEmailChange } from './email-change.ts';
import { completeReset } from './passwords.ts';
import { accept, receiverOf } from './sharing.ts';
import { accountOf, type State } from './state.ts';
import { verify } from './verification.ts';

/** The receiver accepts in the portal, where a person without an account makes one first (10). */
function acceptInvitation(state: State, id: string): void {
  const sharing = state.sharings.get(id);
  if (!sharing) throw new VendorError(404, 'The invitation is gone.');
  if (!receiverOf(state, sharing)) {
    createAccount(state, {
      email: sharing.email,
      ssn: undefined,
      profile: {},
      externalIds: {},
      requireVerification: false,
    });
  }
  accept(state, sharing);
}

/** What the customer's click does. Answers where the browser goes next, if anywhere. */
export function act(state: State, item: OutboxItem, action: string): string | undefined {
  const account = accountOf(state, item.accountId);
  if (action === 'open') return item.partnerUrl;
  switch (item.kind) {
    case 'verify-email':
      verify(state, account, item.code ?? '');
      return undefined;
    case 'reset-password':
      completeReset(state, account, item.code ?? randomUUID());
      return undefined;
    case 'change-email':
      confirmEmailChange(state, account, item.code ?? '');
      return undefined;
    case 'invitation':
      acceptInvitation(state, item.subjectId ?? '');
      return undefined;
    case 'welcome':
      return undefined;
    default:
      throw new VendorError(404, 'No such kind of item.');
  }
}
