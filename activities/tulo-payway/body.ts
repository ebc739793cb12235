import type { ProfileChanges } from '../../contract/change.ts';
import type { OnboardingRequest, PostalAddress } from '../../contract/request.ts';
import { unknownPassword } from '../password.ts';
import type { TuloPaywayConfig } from './config.ts';
import { companyNumber, mobile, provisioningTime, ssnForCreation, ssnForUpdate, zipCode } from './fields.ts';
import type { Address, CandidateActivation, NewAccount, ProfileBody } from './resources/bodies.ts';
import type { NewUserProduct } from './resources/user-products.ts';

type Naming = Pick<TuloPaywayConfig, 'externalIdKey' | 'accountOrigin' | 'requireVerification'>;

/** The request with phone, SSN, zip code and company number as the vendor takes them. What fits no form stays, and the vendor will name it. */
export function inVendorForms(request: OnboardingRequest): OnboardingRequest {
  const { person, company, existingCustomer } = request;
  const { phone, ssn } = person;
  const zip = existingCustomer?.zipCode;
  return {
    ...request,
    person: {
      ...person,
      ...(phone === undefined ? {} : { phone: mobile(phone) ?? phone }),
      ...(ssn === undefined ? {} : { ssn: ssnForCreation(ssn) ?? ssn }),
    },
    ...(existingCustomer && zip !== undefined
      ? { existingCustomer: { ...existingCustomer, zipCode: zipCode(zip) ?? zip } }
      : {}),
    ...(company
      ? {
          company: {
            ...company,
            organizationNumber: companyNumber(company.organizationNumber) ?? company.organizationNumber,
          },
        }
      : {}),
  };
}

/** A request as Payway's creation body (Tulo Payway contract, section 5.1). There is no field for country or language. */
export function accountBody(request: OnboardingRequest, externalId: string, config: Naming): NewAccount {
  const { person, company, address, tags, createdFromSource, externalIds } = inVendorForms(request);
  const { email = '', ssn, birthDate } = person;
  const { accountOrigin = config.accountOrigin } = request;
  return {
    email,
    password: unknownPassword(), // the person chooses an own one by the reset mail
    ...profileBody(person),
    ...(ssn ? { social_security_number: ssn } : {}),
    ...(birthDate ? { birth_date: birthDate } : {}),
    ...(address ? { address: addressBody(address, request) } : {}),
    ...(tags ? { tags } : {}),
    ...(createdFromSource ? { created_from_source: createdFromSource } : {}),
    ...(company ? { company_name: company.name, company_registration_number: company.organizationNumber } : {}),
    ...(accountOrigin ? { account_origin: accountOrigin } : {}),
    external_ids: { ...externalIds, [config.externalIdKey]: externalId },
    require_verification: requiresVerification(request, config),
  };
}

/** As the request says, else as the deployment does. */
export function requiresVerification(
  request: Pick<OnboardingRequest, 'requireVerification'>,
  config: Pick<Naming, 'requireVerification'>,
): boolean {
  return request.requireVerification ?? config.requireVerification;
}

/** Section 7.1: without a name of its own an address is the company's or the person's, of whom the rules ask for both names then. */
function addressBody(address: PostalAddress, { person, company }: OnboardingRequest): Address {
  const { street, zipCode: zip, city, countryCode, streetNumber, staircase, floor, apartment } = address;
  const { apartmentNumber, careOf } = address;
  return {
    ...(company ? { company_name: company.name } : { first_name: person.firstName ?? '', last_name: person.lastName }),
    street,
    // Without a blank (section 7.3); how long it may be is not said.
    zip_code: zip.replaceAll(/\s/g, ''),
    city,
    country_code: countryCode,
    ...(streetNumber ? { street_number: streetNumber } : {}),
    ...(staircase ? { staircase } : {}),
    ...(floor ? { floor } : {}),
    ...(apartment ? { apartment } : {}),
    ...(apartmentNumber ? { apartment_number: apartmentNumber } : {}),
    ...(careOf ? { care_of: careOf } : {}),
  };
}

/** The same request as the body that makes an account of a candidate (section 5.7): it has no field for our reference, or for verification. */
export function activationBody(
  request: OnboardingRequest,
  account_candidate_id: string,
  config: Pick<Naming, 'accountOrigin'>,
): CandidateActivation {
  const { person, existingCustomer, accountOrigin = config.accountOrigin } = request;
  const { email = '', ssn, birthDate } = person;
  const social_security_number = ssn === undefined ? undefined : ssnForUpdate(ssn);
  return {
    account_candidate_id,
    email,
    password: unknownPassword(), // the person chooses an own one by the reset mail
    ...profileBody(person),
    ...(social_security_number ? { social_security_number } : {}),
    ...(birthDate ? { birth_date: birthDate } : {}),
    ...(existingCustomer ? { customer_number: existingCustomer.customerNumber } : {}),
    ...(accountOrigin ? { account_origin: accountOrigin } : {}),
  };
}

/** What of a person an update changes, in the vendor's forms (section 5.3). */
export function profileBody({ firstName, lastName, phone }: ProfileChanges): ProfileBody {
  return {
    ...(firstName ? { first_name: firstName } : {}),
    ...(lastName ? { last_name: lastName } : {}),
    ...(phone ? { mobile_phone_number: mobile(phone) ?? phone } : {}),
  };
}

type Term = Pick<TuloPaywayConfig, 'subscriptionType' | 'subscriptionDays'>;

export function subscriptionBody(account_id: string, package_code: string, term: Term, now: number): NewUserProduct {
  return {
    account_id,
    package_code,
    subscription_type: term.subscriptionType,
    valid_from: provisioningTime(now),
    valid_to: provisioningTime(now + term.subscriptionDays * 86_400_000),
  };
}
