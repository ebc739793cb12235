import { VendorError, type Answer, type Call, type Route } from '../../../sandbox/core/http.ts';
import { issueToken, mustBeKnown, type Account, type State } from './state.ts';

/** One entry for each route of the vendor that a step uses, and its section of the vendor's page. */
export function routes(state: State): Route[] {
  const { accounts, ledger, options } = state;
  const closed = (method: Route['method'], path: string, handle: (call: Call) => Answer): Route => ({
    method,
    path,
    handle(call) {
      mustBeKnown(state, call);
      return handle(call);
    },
  });
  const accountOf = ({ params }: Call): Account => {
    const account = accounts.get(params['id'] ?? '');
    if (!account) throw new VendorError(404, 'No such account.');
    return account;
  };

  return [
    {
      method: 'POST',
      path: '/login',
      handle({ body: { clientId, clientSecret } }) {
        const isRight = clientId === options.login.clientId && clientSecret === options.login.clientSecret;
        if (!isRight) throw new VendorError(401, 'Unauthorized');
        return { status: 200, body: { accessToken: issueToken(state) } };
      },
    },
    closed('POST', '/accounts', ({ body }) => {
      const reference = textIn(body, 'reference');
      const email = textIn(body, 'email');
      for (const [field, value] of [
        ['reference', reference],
        ['email', email],
      ] as const) {
        const isTaken = accounts.find(field, value).length > 0;
        if (isTaken) throw new VendorError(options.duplicates, 'Taken.', { details: [{ field, issue: 'taken' }] });
      }
      const names = { firstName: textIn(body, 'firstName'), lastName: textIn(body, 'lastName') };
      const account = { id: String(accounts.nextNumber()), reference, email, ...names, active: true };
      accounts.put(account);
      ledger.record('account.created', { accountId: account.id, externalId: reference });
      return { status: 201, body: account };
    }),
    closed('GET', '/accounts', ({ query }) => {
      const { email, reference = '' } = query;
      const found = email === undefined ? accounts.find('reference', reference) : accounts.find('email', email);
      return { status: 200, body: { accounts: found } };
    }),
    closed('GET', '/accounts/:id', (call) => ({ status: 200, body: accountOf(call) })),
    closed('DELETE', '/accounts/:id', (call) => {
      const { id, reference } = accountOf(call);
      accounts.remove(id);
      ledger.record('account.removed', { accountId: id, externalId: reference });
      return { status: 204 };
    }),
  ];
}

function textIn(body: Record<string, unknown>, field: string): string {
  const value = body[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new VendorError(422, 'Missing.', { details: [{ field, issue: 'missing' }] });
}
