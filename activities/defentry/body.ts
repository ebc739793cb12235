import type { ProfileChanges } from '../../contract/change.ts';
import type { OnboardingRequest, Person } from '../../contract/request.ts';
import type { DefentryConfig } from './config.ts';
import type { NewAccount, ProfileBody } from './resources/bodies.ts';
import type { Account } from './schemas.ts';

type Naming = Pick<DefentryConfig, 'externalIdField' | 'familyType' | 'planId'>;

/** A request as Defentry's creation body (Defentry contract, sections 3.1 and 3.4). */
export function accountBody(request: OnboardingRequest, config: Naming): NewAccount {
  const { person, company, kind, reference } = request;
  const planId = request.planId === undefined ? config.planId : Number(request.planId);
  return {
    ...personBody(person, reference, config),
    ...(planId === undefined ? {} : { plan_id: planId }),
    ...(kind === 'business' ? {} : { type: kind === 'family' ? config.familyType : 'SINGLE' }),
    ...(company ? { company_name: company.name, organization_number: company.organizationNumber } : {}),
  };
}

export function personBody(
  person: Person,
  externalId: string,
  { externalIdField }: Pick<Naming, 'externalIdField'>,
): NewAccount {
  // The rules let nobody without a first name come here (section 3.1: it is required).
  const { firstName = '', lastName, email, ssn } = person;
  return {
    ...profileBody(person),
    first_name: firstName,
    last_name: lastName,
    ...(email ? { email } : {}),
    ...(ssn ? { ssn } : {}),
    [externalIdField]: externalId,
  };
}

/** What of a person an update may change: neither address nor SSN (section 3.2). */
export function profileBody({ firstName, lastName, phone, countryCode, languageCode }: ProfileChanges): ProfileBody {
  return {
    ...(firstName ? { first_name: firstName } : {}),
    ...(lastName ? { last_name: lastName } : {}),
    ...(phone ? { phone } : {}),
    ...(countryCode ? { country_code: countryCode } : {}),
    ...(languageCode ? { lang_code: languageCode.toUpperCase() } : {}),
  };
}

/**
 * The profile that the account shows, with the changes in it. Assumption: a `PUT` may take what it is not given for cleared
 * (section 3.6 shows no body), so it is given all that is known.
 */
export function wholeProfile({ profile }: Account, changes: ProfileBody): ProfileBody {
  const known = Object.fromEntries(Object.entries(profile).filter(([, value]) => value));
  return { ...known, ...changes };
}
