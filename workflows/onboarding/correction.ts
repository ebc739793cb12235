import { CORRECTABLE, CORRECTABLE_PERSON } from '../../contract/correction.ts';
import type { OnboardingRequest, Person } from '../../contract/request.ts';
import type { PermanentCode } from '../../contract/failures.ts';
import type { MemberRunState } from '../member/state.ts';
import type { OnboardingState } from './state.ts';
import type { RunState } from '../engine/state.ts';
import { isSettled, stepOf } from '../engine/state.ts';

function correctedPerson(person: Person, path: string, value: string): Person | undefined {
  const [head, field, ...rest] = path.split('.');
  if (head !== 'person' || !isIn(CORRECTABLE_PERSON, field) || rest.length > 0) return undefined;
  return { ...person, [field]: value };
}

/**
 * The request with one value replaced, or `undefined` when the path names nothing that can be corrected.
 * @internal
 */
export function correctedRequest(
  request: OnboardingRequest,
  path: string,
  value: string,
): OnboardingRequest | undefined {
  const [name, field, ...rest] = path.split('.');
  if (!isIn(CORRECTABLE, name) || rest.length > 0) return undefined;
  const inner = CORRECTABLE[name];
  if (typeof inner === 'boolean') return inner && field === undefined ? { ...request, [name]: value } : undefined;
  const whole = request[name];
  if (typeof whole !== 'object' || Array.isArray(whole) || !isIn(inner, field) || !inner[field]) return undefined;
  return { ...request, [name]: { ...whole, [field]: value } };
}

function isIn<Table extends object>(table: Table, name: PropertyKey | undefined): name is keyof Table {
  return name !== undefined && Object.hasOwn(table, name);
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
