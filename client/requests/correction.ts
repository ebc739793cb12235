import type { z } from 'zod';
import { REQUEST_PATHS, type CorrectionPath } from '../../contract/correction.ts';
import { company, existingCustomer, holderId, planId, returnUrl } from './onboarding.ts';
import { email, profile, ssn } from './person.ts';
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
  planId,
  holderId,
  'company.name': company.name,
  'company.organizationNumber': company.organizationNumber,
  'existingCustomer.customerNumber': existingCustomer.customerNumber,
  'existingCustomer.zipCode': existingCustomer.zipCode.unwrap(),
  'identification.returnUrl': returnUrl,
};

/** The correction in the form in which its value is kept. What the run cannot correct, the run refuses. */
export function checkCorrection<Input extends { path: string; value: string }>(input: Input): Input {
  const path = REQUEST_PATHS.find((one) => one === input.path);
  const { value } = check(fields({ value: path === undefined ? printable(500) : VALUES[path] }), {
    value: input.value,
  });
  return { ...input, value };
}
