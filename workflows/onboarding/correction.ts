import type { OnboardingRequest, Person } from '../../contract/request.ts';
import type { PermanentCode } from '../../contract/failures.ts';
import type { MemberRunState } from '../member/state.ts';
import type { OnboardingState } from './state.ts';
import type { RunState } from '../engine/state.ts';
import { isSettled, stepOf } from '../engine/state.ts';

const PERSON_FIELDS: readonly (keyof Person)[] = [
  'firstName',
  'lastName',
  'email',
  'phone',
  'ssn',
  'countryCode',
  'languageCode',
];

export function correctedPerson(person: Person, path: string, value: string): Person | undefined {
  const field = PERSON_FIELDS.find((name) => path === `person.${name}`);
  return field && { ...person, [field]: value };
}

/** The request with one value replaced, or `undefined` when the path names nothing that can be corrected. */
export function correctedRequest(
  request: OnboardingRequest,
  path: string,
  value: string,
): OnboardingRequest | undefined {
  const { company, existingCustomer, identification } = request;
  switch (path) {
    case 'planId':
      return { ...request, planId: value };
    case 'holderId':
      return { ...request, holderId: value };
    case 'existingCustomer.customerNumber':
      return existingCustomer && { ...request, existingCustomer: { ...existingCustomer, customerNumber: value } };
    case 'existingCustomer.zipCode':
      return existingCustomer && { ...request, existingCustomer: { ...existingCustomer, zipCode: value } };
    case 'company.name':
      return company && { ...request, company: { ...company, name: value } };
    case 'company.organizationNumber':
      return company && { ...request, company: { ...company, organizationNumber: value } };
    case 'identification.returnUrl':
      return identification && { ...request, identification: { ...identification, returnUrl: value } };
    default: {
      const person = correctedPerson(request.person, path, value);
      return person && { ...request, person };
    }
  }
}

/** Why the value cannot be corrected any more, or `undefined` when it can. */
export function correctionRefusal(state: OnboardingState, path: string): string | undefined {
  if (correctedRequest(state.request, path, '') === undefined) {
    return 'path: names no value of this request that can be corrected; see `onboard correct --help` for the paths.';
  }
  if (path.startsWith('identification.')) {
    return isSettled(state, 'identify')
      ? 'path: the identification has ended; nothing would use the value.'
      : undefined;
  }
  if (isSettled(state, 'createAccount')) {
    return path === 'person.ssn'
      ? 'path: an SSN can be given only when the account is created; afterwards only the person can add it, by eID.'
      : 'path: the account was created with this value; change the account instead.';
  }
  if (stepOf(state, 'checkRequest').status === 'running') {
    return 'path: the request is being checked with this value; try again when it has been.';
  }
  return isHeld(state, 'createAccount') ? undefined : UNDER_WAY;
}

/** Why a value of the member's own person cannot be corrected (any more), or `undefined` when it can. */
export function memberCorrectionRefusal(state: MemberRunState, path: string): string | undefined {
  if (correctedPerson(state.input.member.person, path, '') === undefined) {
    return 'path: names no value of a member; it must be person. and a field of the member, such as person.email.';
  }
  if (isSettled(state, 'addMember')) {
    return 'path: the member was added with this value; remove the member and add it anew.';
  }
  return isHeld(state, 'addMember') ? undefined : UNDER_WAY;
}

const UNDER_WAY =
  'path: the provider may have this value already; it can be corrected only before it is sent or once it is refused.';

/** Codes by which a provider says that it took nothing. */
const REFUSED: readonly string[] = ['Invalid', 'Forbidden', 'NotFound', 'Conflict'] satisfies PermanentCode[];

/**
 * Not sent yet, or refused each time. Else nobody knows which value the provider has, and a new one would make our own account a
 * stranger's.
 */
function isHeld<Step extends string>(state: RunState<Step> & { answerLost?: boolean }, name: Step): boolean {
  const { status } = stepOf(state, name);
  const refused = status === 'attention' && REFUSED.includes(state.attention?.code ?? '');
  return status === 'pending' || (refused && !state.answerLost);
}

export function corrected(state: OnboardingState, path: string, value: string): OnboardingState {
  const request = correctedRequest(state.request, path, value)!;
  return { ...state, request, ssnGiven: state.ssnGiven || path === 'person.ssn' };
}

export function correctedMember({ input, ...state }: MemberRunState, path: string, value: string): MemberRunState {
  const person = correctedPerson(input.member.person, path, value)!;
  return { ...state, input: { ...input, member: { ...input.member, person } } };
}
