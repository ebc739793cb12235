import { createClient } from '../../../activities/tulo-payway/client.ts';
import type { PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import type { CreatedAccount } from '../../../contract/activities.ts';
import { openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { configFor } from './settings.ts';

/** Known to the subscription system, with a paper that runs (Tulo Payway contract, section 5.7). */
export const CUSTOMER = {
  customer_number: 'A-4711',
  social_security_number: '800610-8230',
  first_name: 'Anna',
  last_name: 'Berg',
  zip_code: '27567',
  products: [{ product_code: 'paper', valid_to: '2099-01-01T00:00:00Z' }],
};

/** The customer opens the account in the publisher's portal. */
export async function activatedElsewhere(url: string, email = 'anna@example.com'): Promise<void> {
  const { accounts } = createClient(configFor(url));
  const { account_candidate_id } = await accounts.candidate({ customer_number: CUSTOMER.customer_number });
  await accounts.activateCandidate({ account_candidate_id, email, password: 'Chosen-1' });
}

/** Our reference gets on an account by identity mapping, for which an API user needs this scope (section 2.5). */
export const WITH_MAPPING = {
  TULO_PAYWAY_SCOPES:
    '/external/account/r /external/account/w /external/account/archive/w /external/userproduct/w /external/identity_mapping/w',
};

export const FOR_CUSTOMER = {
  existingCustomer: { customerNumber: CUSTOMER.customer_number, zipCode: CUSTOMER.zip_code },
};

/** A subscription system that knows the customer, and an API user that may map identities. */
export function openCustomerDesk(options: PaywayOptionsInput = {}, env: Record<string, string> = {}): Promise<Desk> {
  return openDesk({ candidates: [CUSTOMER], ...options }, { ...WITH_MAPPING, ...env });
}

/** As a run asks: from the second time on it says so. */
export function opening({ steps }: Desk, request = requestFor({}, FOR_CUSTOMER)): () => Promise<CreatedAccount> {
  let times = 0;
  return () => steps.createAccount({ request, asked: times++ > 0 ? 'yes' : 'no' });
}
