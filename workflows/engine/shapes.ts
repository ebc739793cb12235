import type { SignalDefinition } from '@temporalio/workflow';
import { CHANGE_KINDS, CHANGE_STATUSES } from '../../contract/change.ts';
import { isIdPart } from '../../contract/ids.ts';
import type * as messages from '../../contract/messages.ts';
import { MEMBER_STATUSES } from '../../contract/progress.ts';
import { changeFault } from './change-fault.ts';
import { isText } from './guards.ts';

type Fields = Record<string, unknown>;
type Shape = (fields: Fields) => boolean;

type Messages = typeof messages;
type SignalName = {
  [Name in keyof Messages]: Messages[Name] extends SignalDefinition<infer _> ? Name : never;
}[keyof Messages];

/**
 * What each message must bring, by hand: whoever may send signals to the namespace may send anything, and a message that breaks its run's
 * code would stop the run for ever. That a message has no more than this is left to the library, which has validated before.
 */
const SIGNALS: Record<SignalName, Shape> = {
  emailVerified: isEvent,
  eidCompleted: isEvent,
  lookAgain: isEvent,
  acceptanceReported: isEvent,
  memberAccepted: (fields) => isEvent(fields) && isId(fields.member),
  cancelAsked: isAccountable,
  eraseNow: isAccountable,
  changeRequested: (fields) => changeFault(fields) === undefined,
  accountChanged: ({ changeId, kind, status, email, emailVerified }) =>
    isId(changeId) &&
    isOneOf(CHANGE_KINDS, kind) &&
    isOneOf(CHANGE_STATUSES, status) &&
    isMaybe(isText, email) &&
    isMaybe(isFlag, emailVerified),
  memberChanged: ({ reference, status, code }) =>
    isId(reference) && isOneOf(MEMBER_STATUSES, status) && isMaybe(isText, code),
  memberCorrected: ({ reference, email }) => isId(reference) && isText(email),
  memberInvited: ({ reference }) => isId(reference),
  stopMember: ({ undo, reportTo }) => isOneOf(['keep', 'remove'], undo) && isMaybe(isText, reportTo),
  memberAwaited: ({ acceptances }) => Array.isArray(acceptances) && acceptances.every(isText),
};

const shapes: Partial<Record<string, Shape>> = SIGNALS;

/** Whether these are the fields of the signal of this name. */
export function isSignal(name: string, fields: Fields): boolean {
  return shapes[name]?.(fields) === true;
}

function isEvent({ eventId }: Fields): boolean {
  return isText(eventId);
}

function isAccountable({ by, reason }: Fields): boolean {
  return isMaybe(isText, by) && isMaybe(isText, reason);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && isIdPart(value);
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isOneOf(all: readonly string[], value: unknown): boolean {
  return all.some((one) => one === value);
}

function isMaybe(is: (value: unknown) => boolean, value: unknown): boolean {
  return value === undefined || is(value);
}
