import { z } from 'zod';
import type { Call, Route } from '../../core/http.ts';
import * as format from '../formats.ts';
import { emailName } from '../names.ts';
import { completeReset, createReset, mailReset } from '../passwords.ts';
import { accountOf, accountOfEmail, type State } from '../state.ts';
import { parse } from '../validation.ts';
import type { Define } from './guard.ts';

const url = z.url('Parameter must be an absolute URL').max(1024);
const requestSchema = z.strictObject({
  email: format.email,
  return_url: url.optional(),
  device_info: z.strictObject({ ip_address: format.text.optional(), user_agent: format.text.optional() }).optional(),
});
const customSchema = z.strictObject({ email: format.email, reset_password_url: url, return_url: url });
const createSchema = z.strictObject({ email: format.email });

/** Contract, 9.1. Errors of the first three name the address `contact_email` (4.1). */
export const passwordRoutes = (state: State, define: Define): Route[] => {
  const post = (slug: string, handle: Parameters<Define>[3]) =>
    define('POST', `/v1/accounts/${slug}`, '/external/account/w', handle);
  const named = <T extends { email: string }>(schema: z.ZodType<T>, { body }: Call) => {
    const given = parse(schema, body, state.options, { emailAs: 'contact_email' });
    return { ...given, account: accountOfEmail(state, given.email, emailName(state.options, 'contact_email')) };
  };
  return [
    post('request_password_reset', (call) => {
      mailReset(state, named(requestSchema, call).account);
      return { status: 204 };
    }),
    post('custom_request_password_reset', (call) => {
      const { account, reset_password_url: page, return_url: returnUrl } = named(customSchema, call);
      mailReset(state, account, { page, returnUrl });
      return { status: 200, body: {} };
    }),
    post(state.options.passwordResetPath, (call) => {
      const { account } = named(createSchema, call);
      return {
        status: 200,
        body: { item: { account_id: account.id, confirmation_code: createReset(state, account) } },
      };
    }),
    post('complete_password_reset', ({ body }) => {
      const schema = z.strictObject({
        id: format.id,
        confirmation_code: format.code,
        new_password: format.password(state.options),
      });
      const given = parse(schema, body, state.options);
      const account = accountOf(state, given.id);
      completeReset(state, account, given.confirmation_code);
      return { status: 200, body: { id: account.id } };
    }),
  ];
};
