import type { OnboardingRequest } from '../../contract/request.ts';
import type { Rule } from '../rule.ts';
import type { TuloPaywayConfig } from './config.ts';

/** The vendor's rules for what an account is created with besides the person (Tulo Payway contract, sections 5.1, 5.7 and 11). */
export const FIELD_RULES: Rule<[OnboardingRequest, Pick<TuloPaywayConfig, 'externalIdKey'>]>[] = [
  ({ createdFromSource }) =>
    createdFromSource !== undefined && createdFromSource.length < 6
      ? 'createdFromSource: Payway takes 6 to 1024 characters; give more, or leave it out.'
      : undefined,
  ({ externalIds = {} }, { externalIdKey }) =>
    Object.hasOwn(externalIds, externalIdKey)
      ? 'externalIds: one has the key of TULO_PAYWAY_EXTERNAL_ID_KEY, by which we find the account; use another key.'
      : undefined,
  // The call that opens a customer's account has no field for them (section 5.7).
  ({ existingCustomer, address, tags, createdFromSource, externalIds, requireVerification }) =>
    existingCustomer &&
    [address, tags, createdFromSource, externalIds, requireVerification].some((value) => value !== undefined)
      ? 'existingCustomer: such an account takes no address, tags, createdFromSource, externalIds and requireVerification; leave them out.'
      : undefined,
];
