import { z } from 'zod';
import { VendorError, type Route } from '../../core/http.ts';
import { changeEmail, requestConfirmation } from '../confirmation.ts';
import { accountOf, change, record, type State } from '../state.ts';
import { refuseTaken } from '../uniqueness.ts';
import { email, parse, refuse } from '../validation.ts';
import { done } from '../view.ts';
import type { Guard } from './guard.ts';

/** Contract, 3.6; bodies and statuses are assumptions (9.8). */
export const emailRoutes = (state: State, { crm }: Guard): Route[] => [
  crm('POST', '/api/v1/account/:account_id/change-email', ({ params, body }) => {
    const account = accountOf(state, params['account_id']);
    const address = parse(z.object({ email }), body).email;
    refuseTaken(state, { email: address }, account.id);
    return done(changeEmail(state, account, address), state.options);
  }),
  crm('PATCH', '/api/v1/account/:account_id/delete-email', ({ params }) => {
    const account = accountOf(state, params['account_id']);
    if (account.phone === null) {
      refuse([{ field: 'email', issue: 'The email field is required when phone is not present.' }]);
    }
    if (account.email === null) return done(account, state.options);
    state.outbox.void(account.id, 'confirm-email');
    const changed = change(state, account, { email: null, emailConfirmed: false, pendingEmail: null });
    record(state, 'email.deleted', changed);
    return done(changed, state.options);
  }),
  crm('POST', '/api/v1/account/:account_id/resend-confirm-email', ({ params }) => {
    const account = accountOf(state, params['account_id']);
    const { confirmedResend, resendSeconds, resendStatus } = state.options;
    if (account.email === null) refuse([{ field: 'email', issue: 'The account has no email.' }]);
    if (account.emailConfirmed && account.pendingEmail === null) {
      if (confirmedResend === 204) return { status: 204 };
      throw new VendorError(409, 'The email is confirmed already.');
    }
    const sentAt = account.confirmationSentAt === null ? 0 : Date.parse(account.confirmationSentAt);
    const wait = Math.ceil((sentAt + resendSeconds * 1000 - state.now().getTime()) / 1000);
    if (wait > 0) throw new VendorError(429, 'Too Many Attempts.', { headers: { 'retry-after': String(wait) } });
    requestConfirmation(state, account);
    return { status: resendStatus };
  }),
];
