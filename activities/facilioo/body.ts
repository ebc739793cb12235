import type { Rights } from '../../contract/change.ts';
import { THEMES, type OnboardingRequest } from '../../contract/request.ts';
import type { FaciliooConfig } from './config.ts';
import type { AccountFlags, NewAccount } from './resources/accounts.ts';
import { USER } from './resources/parties.ts';
import type { NewParty } from './resources/parties.ts';

/** Addresses are compared and sent without blanks and in small letters (contract, section 10, e-mail). */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * A request in facilioo's own forms: the address, the group and the party that it will have, also when the configuration changes meanwhile,
 * and no values that facilioo would not keep.
 */
export function normalRequest(request: OnboardingRequest, config: Pick<FaciliooConfig, 'accountGroupId' | 'partyId'>) {
  const { firstName, lastName, email = '' } = request.person;
  const holderId = request.holderId ?? config.partyId?.toString();
  return {
    ...request,
    planId: String(groupOf(request, config)),
    ...(holderId === undefined ? {} : { holderId }),
    person: {
      ...(firstName === undefined ? {} : { firstName: firstName.trim() }),
      lastName: lastName.trim(),
      email: normalEmail(email),
    },
  };
}

/** A request as the body of an account's creation, in our field names (section 4.2). */
export function accountBody(
  request: OnboardingRequest,
  partyId: number,
  config: Pick<FaciliooConfig, 'accountGroupId'>,
): NewAccount {
  const { reference, person, theme } = request;
  return {
    email: normalEmail(person.email ?? ''),
    partyId,
    ...(person.firstName ? { firstName: person.firstName } : {}),
    lastName: person.lastName,
    accountGroupId: groupOf(request, config),
    externalId: reference,
    ...(theme ? { theme: THEMES.indexOf(theme) } : {}),
  };
}

/** A request as a party of its own. Assumption (section 6.2): first and last name are its primary and secondary name. */
export function partyBody({ reference, person }: OnboardingRequest): NewParty {
  return {
    accountRole: USER,
    ...(person.firstName ? { primaryName: person.firstName } : {}),
    secondaryName: person.lastName,
    partyExternalId: reference,
    contactByEmail: true,
    contactByMail: false,
    contactByPush: false,
  };
}

/** Rights in our field names; what is left out stays as it is. */
export function flagsBody({ admin, supervisor, viewAllRepresentations }: Rights): AccountFlags {
  return {
    ...(admin === undefined ? {} : { isAdmin: admin }),
    ...(viewAllRepresentations === undefined ? {} : { canViewAllRepresentations: viewAllRepresentations }),
    ...(supervisor === undefined ? {} : { isSupervisor: supervisor }),
  };
}

/** The account group that the request names, else the configured one. The rules let no request pass that has neither. */
export function groupOf(
  { planId }: OnboardingRequest,
  { accountGroupId }: Pick<FaciliooConfig, 'accountGroupId'>,
): number {
  const group = planId === undefined ? accountGroupId : Number(planId);
  if (group === undefined) throw new TypeError('the request was not checked');
  return group;
}
