import { VendorError, type Answer, type Route } from '../../core/http.ts';
import type { Account } from '../model.ts';
import { accountOf, isPlain, normalSsn, type State } from '../state.ts';
import { accountView, wireId } from '../view.ts';
import type { Guard } from './guard.ts';
import { listPage } from './page.ts';

const one = (state: State, account: Account): Answer => ({
  status: 200,
  body: { data: accountView(account, state.options) },
});

function found(accounts: Account[]): Account {
  const account = accounts.find((each) => !each.deleted && !isPlain(each));
  if (!account) throw new VendorError(404, 'Not found');
  return account;
}

function bySsn({ accounts, options: { ssnLookupForms } }: State, given: string): Account[] {
  const tail = (ssn: string | null) => normalSsn(ssn ?? '').slice(-10);
  if (ssnLookupForms === 'last-ten') return accounts.all().filter(({ ssn }) => ssn && tail(ssn) === tail(given));
  const same = accounts.find('ssn', normalSsn(given));
  return ssnLookupForms === 'any' ? same : same.filter(({ ssn }) => ssn === given);
}

/** Contract, 3.5. Literal segments come before ids: Fastify's router sees to it. */
export const lookupRoutes = (state: State, { crm, app }: Guard): Route[] => [
  ...['/api/v1/accounts', '/api/v2/accounts'].map((path) =>
    crm('GET', path, (call) => {
      const live = state.accounts.all().filter((account) => !account.deleted && !isPlain(account));
      return listPage(
        live.map((account) => accountView(account, state.options)),
        call,
        state.options,
      );
    }),
  ),
  app('GET', '/api/v1/account', (_, caller) => one(state, accountOf(state, caller.accountId))),
  crm('GET', '/api/v1/account/external-id/:external_id', ({ params }) =>
    one(state, found(state.accounts.find('externalId', params['external_id'] ?? ''))),
  ),
  crm('GET', '/api/v1/account/get-id-by-ssn/:ssn', ({ params }) => {
    const { ssnLookup } = state.options;
    const given = params['ssn'] ?? '';
    const account = found(bySsn(state, given));
    const id = wireId(account.id);
    const body = { 'data.id': { data: { id } }, id: { id }, data: { data: id } };
    return { status: 200, body: body[ssnLookup] };
  }),
  crm('GET', '/api/v1/account/:account_id', ({ params }) => one(state, accountOf(state, params['account_id']))),
];
