import type { OnboardingRequest, Person } from './request.ts';

/** `true`: an operator may correct the value by its path; an object: these of its fields. */
type Correctable<T> = { [Field in keyof T]-?: boolean | { [Inner in keyof NonNullable<T[Field]>]-?: boolean } };

/** Of a person, whether a customer or a member. */
export const CORRECTABLE_PERSON = {
  firstName: true,
  lastName: true,
  email: true,
  phone: true,
  ssn: true,
  countryCode: true,
  languageCode: true,
  birthDate: true,
} as const satisfies Correctable<Person>;

/** Texts alone can be corrected, and none that says whose run it is. What is asked for is changed by a new request, or later by a change. */
export const CORRECTABLE = {
  provider: false,
  reference: false,
  kind: false,
  person: CORRECTABLE_PERSON,
  company: { name: true, organizationNumber: true },
  address: {
    street: true,
    streetNumber: true,
    staircase: true,
    floor: true,
    apartment: true,
    apartmentNumber: true,
    careOf: true,
    zipCode: true,
    city: true,
    countryCode: true,
  },
  planId: true,
  holderId: true,
  existingCustomer: { customerNumber: true, zipCode: true },
  awaitEmailVerified: false,
  members: false,
  identification: { scheme: false, returnUrl: true },
  ssnMonitoring: false,
  watchlists: false,
  tags: false,
  accountOrigin: true,
  createdFromSource: true,
  externalIds: false,
  requireVerification: false,
  theme: false,
  policy: false,
} as const satisfies Correctable<OnboardingRequest>;

type PathsIn<T> = {
  [Field in keyof T & string]: T[Field] extends true
    ? Field
    : T[Field] extends object
      ? `${Field}.${PathsIn<T[Field]>}`
      : never;
}[keyof T & string];

/** The path of a value that can be corrected, such as `person.email`. */
export type CorrectionPath = PathsIn<typeof CORRECTABLE>;
