import { createAccount } from './creation.ts';
import { conflict, invalid, notFound } from './errors.ts';
import type { Account, Candidate, Profile } from './model.ts';
import type { KnownCustomer } from './options.ts';
import { provision } from './products.ts';
import { newId, ssnKey, type State } from './state.ts';

/** 5.7: only the beginning of the code is known. */
function refuseActivated(state: State, customer: KnownCustomer): void {
  if (state.accounts.find('customerNumber', customer.customer_number).length === 0) return;
  if (state.options.activatedCandidate === 'unknown') throw notFound('account_candidate');
  throw conflict(state.options.candidateConflict, 'The candidate has an account already', 'account_candidate');
}

export interface Search {
  ssn?: string | undefined;
  customerNumber?: string | undefined;
  zipCode?: string | undefined;
}

/** The customer of the subscription system, as a candidate with an id of its own (5.7). */
export function findCandidate(
  state: State,
  { ssn, customerNumber, zipCode }: Search,
): { id: string; customer: KnownCustomer } {
  const customer = state.options.candidates.find(
    (each) =>
      (ssn === undefined || ssnKey(each.social_security_number) === ssnKey(ssn)) &&
      (customerNumber === undefined || each.customer_number === customerNumber) &&
      (zipCode === undefined || each.zip_code === zipCode),
  );
  if (!customer) throw notFound('account_candidate');
  refuseActivated(state, customer);
  const [known] = state.candidates.find('customerNumber', customer.customer_number);
  const candidate: Candidate = known ?? { id: newId(), customerNumber: customer.customer_number };
  state.candidates.put(candidate);
  return { id: candidate.id, customer };
}

export interface Activation {
  candidateId: string;
  email: string;
  customerNumber?: string | undefined;
  ssn?: string | undefined;
  profile: Profile;
}

/** Makes an account of a candidate. Assumption: it brings the candidate's subscriptions with it. */
export function activateCandidate(state: State, given: Activation): Account {
  const { candidates } = state.options;
  const candidate = state.candidates.get(given.candidateId.toLowerCase());
  const customer = candidates.find(({ customer_number }) => customer_number === candidate?.customerNumber);
  if (!customer) throw notFound('account_candidate');
  refuseActivated(state, customer);
  if (given.customerNumber !== undefined && given.customerNumber !== customer.customer_number) {
    throw invalid('customer_number', "Parameter must be the candidate's customer number");
  }
  const account = createAccount(state, {
    email: given.email,
    ssn: given.ssn ?? customer.social_security_number,
    profile: given.profile,
    externalIds: {},
    requireVerification: false,
    customerNumber: customer.customer_number,
  });
  for (const { product_code, valid_to } of customer.products) {
    provision(state, account, {
      productCode: product_code,
      subscriptionType: 'recurring',
      validFrom: state.now().toISOString(),
      validTo: new Date(valid_to).toISOString(),
      provisionService: 'ess',
    });
  }
  return account;
}
