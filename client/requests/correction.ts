import type { z } from 'zod';
import type { CorrectionPath } from '../../contract/correction.ts';
import { address, company, existingCustomer, holderId, label, planId, returnUrl } from './onboarding.ts';
import { birthDate, email, profile, ssn } from './person.ts';
import { isPhone, PHONE_RULE, withoutMarks } from './phone.ts';
import { check, fields, printable, wordsThat } from './rules.ts';

/** A value by the same rule as in the request. */
const VALUES: Record<CorrectionPath, z.ZodType<string>> = {
  'person.firstName': profile.firstName,
  'person.lastName': profile.lastName,
  'person.email': email,
  // Alone, so it needs its country code.
  'person.phone': wordsThat(PHONE_RULE, isPhone, withoutMarks),
  'person.ssn': ssn,
  'person.countryCode': profile.countryCode.unwrap(),
  'person.languageCode': profile.languageCode.unwrap(),
  'person.birthDate': birthDate,
  planId,
  holderId,
  'company.name': company.name,
  'company.organizationNumber': company.organizationNumber,
  'address.street': address.street,
  'address.streetNumber': address.streetNumber.unwrap(),
  'address.staircase': address.staircase.unwrap(),
  'address.floor': address.floor.unwrap(),
  'address.apartment': address.apartment.unwrap(),
  'address.apartmentNumber': address.apartmentNumber.unwrap(),
  'address.careOf': address.careOf.unwrap(),
  'address.zipCode': address.zipCode,
  'address.city': address.city,
  'address.countryCode': address.countryCode,
  'existingCustomer.customerNumber': existingCustomer.customerNumber,
  'existingCustomer.zipCode': existingCustomer.zipCode.unwrap(),
  'identification.returnUrl': returnUrl,
  accountOrigin: label,
  createdFromSource: label,
};

/** Of a customer's request; the last ones where the request has such a part. */
export const REQUEST_PATHS = Object.keys(VALUES);
/** Of a person: of the customer, and in a member's run of the member. */
export const PERSON_PATHS = REQUEST_PATHS.filter((path) => path.startsWith('person.'));

/** The correction in the form in which its value is kept. What the run cannot correct, the run refuses. */
export function checkCorrection<Input extends { path: string; value: string }>(input: Input): Input {
  const rules: Partial<Record<string, z.ZodType<string>>> = VALUES;
  const { value } = check(fields({ value: rules[input.path] ?? printable(500) }), { value: input.value });
  return { ...input, value };
}
