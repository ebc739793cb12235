import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { missing, notFound } from '../errors.ts';
import * as format from '../formats.ts';
import { mappedTo } from '../mappings.ts';
import type { Account } from '../model.ts';
import { accountOfEmail, ssnKey, type State } from '../state.ts';
import { onlyOne, parse } from '../validation.ts';
import { accountView } from '../view.ts';
import type { Define } from './guard.ts';

const identifiersSchema = ({ options }: State) =>
  z.strictObject({
    id: format.id.optional(),
    email: format.email.optional(),
    alias: format.text.optional(),
    social_security_number: format.ssn(options, 'look-up').optional(),
    customer_number: format.customerNumber.optional(),
    tulo_customer_number: format.text.optional(),
    external_id_key: format.text.optional(),
    external_id_value: format.text.optional(),
  });
type Identifiers = z.infer<ReturnType<typeof identifiersSchema>>;

const SINGLE = ['id', 'email', 'alias', 'social_security_number', 'customer_number', 'tulo_customer_number'] as const;

/** 5.2: any one identifier serves; key and value of an external id are one. */
function refuseAmbiguous(given: Identifiers): void {
  const { external_id_key: key, external_id_value: value } = given;
  if (key !== undefined && value === undefined) throw missing('external_id_value');
  if (value !== undefined && key === undefined) throw missing('external_id_key');
  onlyOne(given, [...SINGLE, 'external_id_key']);
}

function found(state: State, given: Identifiers): Account | undefined {
  const { accounts } = state;
  if (given.id !== undefined) return accounts.get(given.id.toLowerCase());
  if (given.email !== undefined) return accountOfEmail(state, given.email, 'account');
  if (given.alias !== undefined) return accounts.find('alias', given.alias)[0];
  if (given.social_security_number !== undefined) {
    return accounts.find('ssn', ssnKey(given.social_security_number)).find(({ status }) => status !== 'archived');
  }
  if (given.customer_number !== undefined) return accounts.find('customerNumber', given.customer_number)[0];
  if (given.tulo_customer_number !== undefined) {
    return accounts.find('tuloCustomerNumber', given.tulo_customer_number)[0];
  }
  return mappedTo(state, given.external_id_key ?? '', given.external_id_value ?? '')[0];
}

/** Contract, 5.2 and 5.4. */
export const readRoutes = (state: State, define: Define): Route[] => [
  // Reading an account needs the scope to write (2.5).
  define('GET', '/v1/accounts', '/external/account/w', ({ query }) => {
    const given = parse(identifiersSchema(state), query, state.options);
    refuseAmbiguous(given);
    const account = found(state, given);
    if (!account) throw notFound('account');
    const item = accountView(state, account);
    return { status: 200, body: state.options.accountBody === 'item' ? { item } : item };
  }),
  define('GET', '/v1/accounts/status', '/external/account/r', ({ query }) => {
    const schema = z.strictObject({ id: format.id.optional(), email: format.email.optional() });
    const given = parse(schema, query, state.options);
    onlyOne(given, ['id', 'email']);
    const account = found(state, given);
    if (!account) throw notFound('account');
    return { status: 200, body: { item: { status: account.status } } };
  }),
];
