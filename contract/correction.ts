/** What an operator can put right in a run before it is sent, or once it is refused. */

/** Of a person: of the customer, and in a member's run of the member. */
export const PERSON_PATHS = [
  'person.firstName',
  'person.lastName',
  'person.email',
  'person.phone',
  'person.ssn',
  'person.countryCode',
  'person.languageCode',
] as const;

/** Of the customer's request; the last ones where the request has such a part. */
export const REQUEST_PATHS = [
  ...PERSON_PATHS,
  'planId',
  'holderId',
  'company.name',
  'company.organizationNumber',
  'existingCustomer.customerNumber',
  'existingCustomer.zipCode',
  'identification.returnUrl',
] as const;
export type CorrectionPath = (typeof REQUEST_PATHS)[number];
