import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { activateCandidate, findCandidate } from '../candidates.ts';
import * as format from '../formats.ts';
import type { State } from '../state.ts';
import { onlyOne, parse } from '../validation.ts';
import type { Define } from './guard.ts';

/** Contract, 5.7. */
export const candidateRoutes = (state: State, define: Define): Route[] => {
  const { options } = state;
  const searchSchema = z.strictObject({
    social_security_number: format.ssn(options, 'look-up').optional(),
    customer_number: format.customerNumber.optional(),
    zip_code: format.sized(0, 5).optional(),
  });
  const activationSchema = z.strictObject({
    account_candidate_id: format.id,
    email: format.email,
    password: format.password(options),
    first_name: format.text.optional(),
    last_name: format.text.optional(),
    mobile_phone_number: format.mobile(options, 'create').optional(),
    social_security_number: format.ssn(options, 'look-up').optional(),
    company_registration_number: format.swedishCompanyNumber.optional(),
    account_origin: format.text.optional(),
    customer_number: format.customerNumber.optional(),
    birth_date: format.birthDate.optional(),
  });
  const activate: Parameters<Define>[3] = ({ body }) => {
    const given = parse(activationSchema, body, options);
    const {
      account_candidate_id: candidateId,
      email,
      password: _,
      customer_number: customerNumber,
      social_security_number: ssn,
      ...profile
    } = given;
    const { id } = activateCandidate(state, { candidateId, email, customerNumber, ssn, profile });
    return { status: options.candidateActivated, body: { id } };
  };
  return [
    define('GET', '/v1/accounts/candidate', '/external/account/r', ({ query }) => {
      const given = parse(searchSchema, query, options);
      onlyOne(given, ['social_security_number', 'customer_number']);
      const { id, customer } = findCandidate(state, {
        ssn: given.social_security_number,
        customerNumber: given.customer_number,
        zipCode: given.zip_code,
      });
      return { status: 200, body: { item: { account_candidate_id: id, ...customer } } };
    }),
    // The title and the URI of one page disagree (16): both are served.
    define('POST', '/v1/account/activate_candidate', '/external/account/w', activate),
    define('POST', '/v1/accounts/activate_candidate', '/external/account/w', activate),
  ];
};
