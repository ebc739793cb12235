import type { TULO_PAYWAY_LOOKUPS, TULO_PAYWAY_READS } from '../../contract/provider-capabilities.ts';
import type { Detail, Lookup } from '../detail.ts';
import { rejected } from '../failure.ts';
import { candidateOf } from './candidates.ts';
import type { TuloPaywayClient } from './client.ts';
import { isCustomerNumber, ssnForUpdate, zipCode } from './fields.ts';
import type { CandidateQuery } from './resources/accounts.ts';

/** What there is to read, and how (Tulo Payway contract, sections 5, 7.4, 8.1, 10 and 12). No schema keeps an SSN. */
export function details(client: TuloPaywayClient): Record<(typeof TULO_PAYWAY_READS)[number], Detail> {
  const { accounts, sharing, userProducts, verification } = client;
  return {
    account: async (id) => {
      const { userProducts: _, ...account } = await accounts.get({ id });
      return account;
    },
    status: async (id) => ({ status: await accounts.status({ id }) }),
    verification: async (id) => ({ verification: await verification.pending(id) }),
    subscriptions: async (id) =>
      (await userProducts.list(id)).map(({ validTo, ...subscription }) => ({
        ...subscription,
        ...(Number.isNaN(validTo) ? {} : { validTo: new Date(validTo).toISOString() }),
      })),
    'active-products': (id) => accounts.activeProducts(id),
    shares: (id) => sharing.shared(id),
    'pending-shares': (id) => sharing.pending(id),
    /** Their number: what a comment consists of is not documented. */
    comments: async (id) => ({ comments: (await accounts.comments({ id })).length }),
    'authentication-attempts': async (id) => {
      const { email } = await accounts.get({ id });
      if (email) return accounts.authenticationAttempts(email);
      throw rejected('RequestRefused', 'what: attempts to log in are counted by address, and the account shows none.');
    },
    address: async (_, ssn) => {
      if (ssn !== undefined) return accounts.lookupAddress(ssn);
      throw rejected(
        'RequestRefused',
        'by: the national registry is asked by national ID, which no account shows; give it.',
      );
    },
  };
}

/** Found without an account (Tulo Payway contract, section 5.7). Of an SSN only its presence is shown. */
export function lookups({
  accounts,
}: Pick<TuloPaywayClient, 'accounts'>): Record<(typeof TULO_PAYWAY_LOOKUPS)[number], Lookup> {
  return {
    candidate: async (by = '') => {
      const query = candidateQuery(by);
      if (query === undefined) throw rejected('RequestRefused', UNREADABLE);
      const found = await candidateOf(accounts, query);
      if (found === 'has-account') throw rejected('RequestRefused', HAS_ACCOUNT);
      if (found === 'unknown') throw rejected('RequestRefused', UNKNOWN);
      return found;
    },
  };
}

/** A customer number has at most 10 characters and an SSN in its look-up form has more, so they cannot be taken for each other. */
function candidateQuery(by: string): CandidateQuery | undefined {
  const [number = '', ...rest] = by.trim().split(/\s+/);
  const zip_code = zipCode(rest.join(''));
  if (rest.length > 0 && zip_code === undefined) return undefined;
  const zip = zip_code === undefined ? {} : { zip_code };
  if (isCustomerNumber(number)) return { customer_number: number, ...zip };
  const social_security_number = ssnForUpdate(number);
  return social_security_number === undefined ? undefined : { social_security_number, ...zip };
}

const UNREADABLE =
  'by: a candidate is found by customer number, or by national ID with its hyphen or 12 digits, and a zip code after it if need be; give one of them.';
const UNKNOWN = 'by: there is no such customer without an account; check the number and the zip code.';
const HAS_ACCOUNT = 'by: this customer has an account at Payway already; look for that account instead.';
