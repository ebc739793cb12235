import { FORM } from '../../core/forms.ts';
import type { Route } from '../../core/http.ts';
import { issueToken, same } from '../auth.ts';
import { TokenError } from '../errors.ts';
import type { State } from '../state.ts';

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/**
 * Contract, 2.2 and 2.3. Only the grant without identity is played: the others (`ticket`, `refresh_token`, `password`,
 * `authorization_code`) serve end users and the `me` endpoints.
 */
export const tokenRoutes = (state: State): Route[] => [
  {
    method: 'POST',
    path: '/api/authorization/access_token',
    handle({ body, headers }) {
      const { client, clientCredentials, tokenSeconds, tokenAnswer } = state.options;
      if (headers['content-type']?.startsWith(FORM) !== true) {
        throw new TokenError(400, 'invalid_request', 'The body must be form-encoded');
      }
      const id = textOf(body['client_id']);
      if (!same(id, client.id) || !same(textOf(body['client_secret']), client.secret) || client.disabled) {
        throw new TokenError(401, 'invalid_client', 'Client authentication failed');
      }
      const grant = textOf(body['grant_type']);
      if (grant !== 'none' && !(clientCredentials && grant === 'client_credentials')) {
        throw new TokenError(400, 'unsupported_grant_type', 'The grant type is not supported');
      }
      const scopes = textOf(body['scope']).split(' ').filter(Boolean);
      if (scopes.length === 0 || scopes.some((scope) => !client.scopes.includes(scope))) {
        throw new TokenError(400, 'invalid_scope', 'The scope is missing or was not issued to this client');
      }
      const token = { access_token: issueToken(state, scopes), expires_in: tokenSeconds };
      const extras = tokenAnswer === 'full' ? { token_type: 'bearer', scope: scopes.join(' ') } : {};
      return { status: 200, body: { ...token, ...extras } };
    },
  },
];
