import type { ChangeProgress, RequestedChange } from '../../contract/change.ts';
import type { HandedOver, OnboardingState } from './state.ts';

/** A repeated request comes soon, not after this many others. */
const REMEMBERED = 100;

export function openChanges({ changes }: Pick<OnboardingState, 'changes'>): HandedOver[] {
  return changes.filter(({ open }) => open);
}

export function changesEmail(state: OnboardingState): boolean {
  return openChanges(state).some(({ kind }) => kind === 'change-email');
}

export function handOver(state: OnboardingState, { changeId, change, fingerprint }: RequestedChange): OnboardingState {
  const ended = state.changes.filter(({ open }) => !open).slice(-REMEMBERED);
  const handed = { changeId, kind: change.kind, open: true, ...(fingerprint !== undefined && { fingerprint }) };
  return { ...state, changes: [...ended, ...openChanges(state), handed] };
}

/** The change has ended. What it has changed is what this run undoes, mails to and shows from now on. */
export function changeEnded(
  state: OnboardingState,
  { changeId, kind, status, email, emailVerified }: ChangeProgress & { email?: string; emailVerified?: boolean },
): OnboardingState {
  const changes = state.changes.map((each) => (each.changeId === changeId ? { ...each, open: false } : each));
  let { request, hints, monitoringMayBeOn, createdEmail } = state;
  if (email !== undefined) {
    createdEmail ??= request.person.email;
    request = { ...request, person: { ...request.person, email } };
  }
  if (emailVerified) hints = { ...hints, emailVerified: hints.emailVerified + 1 };
  // A failed one may have taken effect.
  if ((status === 'done' || status === 'failed') && kind === 'ssn-monitoring-on') monitoringMayBeOn = true;
  // Switched off by a person: this run does not switch it on again.
  if (status === 'done' && kind === 'ssn-monitoring-off') request = { ...request, ssnMonitoring: false };
  return { ...state, changes, request, hints, monitoringMayBeOn, ...(createdEmail !== undefined && { createdEmail }) };
}
