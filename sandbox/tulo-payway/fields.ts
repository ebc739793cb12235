import { z } from 'zod';
import * as format from './formats.ts';
import type { PaywayOptions } from './options.ts';

const countryCode = ({ countries }: PaywayOptions) =>
  countries === 'any'
    ? z.string().regex(/^[A-Z]{2}$/i, 'Parameter must be a country code')
    : z.enum(['SE', 'FI', 'AX']);

/** Section 7.1: either name may be replaced by `company_name`. */
function addressSchema(options: PaywayOptions) {
  const optional = format.text.optional();
  const current = z.strictObject({
    first_name: optional,
    last_name: optional,
    street: format.text,
    street_number: optional,
    staircase: optional,
    floor: optional,
    apartment: optional,
    apartment_number: optional,
    zip_code: format.text,
    city: format.text,
    country_code: countryCode(options),
    mobile_number: optional,
    phone_number: optional,
    contact_email: optional,
    drop_box: optional,
    care_of: optional,
    company_name: optional,
    company_department: optional,
    company_reference: optional,
    company_crn: optional,
    company_vat_number: optional,
    citizenship_country_code: optional,
  });
  const schema: typeof current = options.building === 'required' ? current.extend({ building: format.text }) : current;
  return schema.check(({ value, issues }) => {
    for (const field of ['first_name', 'last_name'] as const) {
      if (value[field] || value.company_name) continue;
      issues.push({ code: 'custom', input: value, path: [field], message: 'Parameter is required' });
    }
  });
}

/** What create and update have in common (5.1, 5.3). */
const person = (options: PaywayOptions, call: 'create' | 'update') => ({
  first_name: format.text.optional(),
  last_name: format.text.optional(),
  mobile_phone_number: format.mobile(options, call).optional(),
  social_security_number: format.ssn(options, call).optional(),
  birth_date: format.birthDate.optional(),
  company_name: format.text.optional(),
  company_registration_number: format.companyNumber.optional(),
  account_origin: format.text.optional(),
  address: addressSchema(options).optional(),
  tags: z.array(format.sized(0, options.longest.tag)).optional(),
});

/** Body of `POST /v2/accounts` (5.1). */
export const createSchema = (options: PaywayOptions) =>
  z.strictObject({
    email: format.email,
    password: format.password(options),
    ...person(options, 'create'),
    external_ids: z
      .record(format.sized(1, options.longest.externalId), format.sized(1, options.longest.externalId))
      .optional(),
    created_from_source: format.sized(6, 1024).optional(),
    require_verification: z.boolean().optional(),
  });

/** Body of `PUT /v2/accounts` (5.3). */
export const updateSchema = (options: PaywayOptions) =>
  z.strictObject({
    id: format.id,
    email: format.email.optional(),
    alias: format.text.optional(),
    ...person(options, 'update'),
    atomic: z.boolean().optional(),
  });
