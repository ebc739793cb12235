import { z } from 'zod';
import type { Route } from '../../core/http.ts';
import { invalid, notFound, PaywayError } from '../errors.ts';
import { ssnKey, type State } from '../state.ts';
import { parse } from '../validation.ts';
import type { Define } from './guard.ts';

/** 14.3: 10 digits, with or without hyphen, or 12. */
const SSN = /^(?:[0-9]{6}-?[0-9]{4}|[0-9]{12})$/;

/** Contract, 7.4. */
export const lookupRoutes = (state: State, define: Define): Route[] => [
  define('GET', '/v2/accounts/lookup_address', '/external/account/r', ({ query }) => {
    const { registry } = state.options;
    if (registry === null) throw new PaywayError(403, 'forbidden', 'The service is not enabled for the organisation');
    const schema = z.strictObject({ social_security_number: z.string() });
    const { social_security_number: ssn } = parse(schema, query, state.options);
    if (!SSN.test(ssn)) throw invalid(undefined, 'Parameter must be in the form 620817-9256 or 196208179256');
    const item = Object.entries(registry).find(([person]) => ssnKey(person) === ssnKey(ssn))?.[1];
    if (!item) throw notFound('address');
    return { status: 200, body: { item } };
  }),
];
