import { z } from 'zod';
import { VendorError, type Answer, type Route } from '../../core/http.ts';
import { createAccount } from '../creation.ts';
import type { State } from '../state.ts';
import { isTaken } from '../uniqueness.ts';
import { parse, parseAccount, parseBusiness, refuse } from '../validation.ts';
import { accountView, created } from '../view.ts';
import type { Guard } from './guard.ts';

const FIELDS = { email: 'email', phone: 'phone', ssn: 'ssn', external_id: 'externalId' } as const;

/** Assumption: which attributes there are, besides `email` (9.6). */
const uniquenessSchema = z.object({
  attribute: z.enum(['email', 'phone', 'ssn', 'external_id']),
  value: z.string(),
});

/** Contract, 9.6. */
function uniqueness({ options }: State, attribute: string, isFree: boolean): Answer {
  const told = options.uniqueness;
  if (told === 'conflict' || told === 'invalid') {
    if (isFree) return { status: 200, body: { data: { attribute, is_unique: true } } };
    if (told === 'conflict') throw new VendorError(409, 'The value has already been taken.');
    refuse([{ field: 'value', issue: 'The value has already been taken.' }]);
  }
  const saysFree = told === 'is_unique' || told === 'unique';
  return { status: 200, body: { data: { attribute, [told]: saysFree === isFree } } };
}

/** Contract, 3.1 to 3.4. */
export const createRoutes = (state: State, { crm }: Guard): Route[] => [
  crm('POST', '/api/v1/account/check-attribute-for-uniqueness', ({ body }) => {
    const { attribute, value } = parse(uniquenessSchema, body);
    return uniqueness(state, attribute, !isTaken(state, FIELDS[attribute], value));
  }),
  crm('POST', '/api/v1/account/business', ({ body }) => {
    const business = parseBusiness(body, state.options);
    const account = createAccount(state, business, {
      type: 'BUSINESS',
      companyName: business.company_name,
      organizationNumber: business.organization_number ?? null,
    });
    return created(accountView(account, state.options), state.options);
  }),
  crm('POST', '/api/v1/account', ({ body }) => {
    const person = parseAccount(body, state.options);
    const account = createAccount(state, person, { type: person.type });
    return created(accountView(account, state.options), state.options);
  }),
];
