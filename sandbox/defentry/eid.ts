import { VendorError } from '../core/http.ts';
import type { Account, EidSession, EidStatus } from './model.ts';
import { startMonitoring } from './monitoring.ts';
import { change, record, type State } from './state.ts';
import { isTaken } from './uniqueness.ts';
import { refuse } from './validation.ts';

/** STAND-IN. Nothing is known of Defentry's eID routes but their existence; this is section 9.1 of the contract. */
export const EID_PROVIDERS = ['BANKID', 'MITID', 'FTN'] as const;

export function startEid(
  state: State,
  account: Account,
  given: Pick<EidSession, 'provider' | 'returnUrl' | 'state'>,
): EidSession & { itemId: string } {
  if (account.ssn !== null) throw new VendorError(409, 'The account has an SSN already.');
  const session: EidSession = {
    ...given,
    id: String(state.eidSessions.nextNumber()),
    accountId: account.id,
    status: 'PENDING',
    expiresAt: state.now().getTime() + state.options.eid.seconds * 1000,
    createdAt: state.now().toISOString(),
  };
  state.eidSessions.put(session);
  const item = state.outbox.post({
    kind: 'eid',
    accountId: account.id,
    to: null,
    title: `${given.provider} identification for account ${account.id}`,
    subjectId: session.id,
    actions: [
      { name: 'approve', label: 'Approve identification' },
      { name: 'cancel', label: 'Cancel identification' },
    ],
  });
  record(state, 'eid.started', account, { itemId: session.id, kind: given.provider });
  return { ...session, itemId: item.id };
}

/** The session as of now: its time may have run out since it was written. */
export function readEid(state: State, id: string): EidSession | undefined {
  const session = state.eidSessions.get(id);
  const isOver = session?.status === 'PENDING' && session.expiresAt <= state.now().getTime();
  return isOver ? { ...session, status: 'EXPIRED' } : session;
}

/** An SSN that no other account has, for a person who types none; the form is that of section 3.1. */
function inventSsn(state: State, first: number): string {
  for (let number = first; ; number += 1) {
    const day = 1 + (Math.floor(number / 10_000) % 28);
    const ssn = `199001${String(day).padStart(2, '0')}-${String(number % 10_000).padStart(4, '0')}`;
    if (!isTaken(state, 'ssn', ssn)) return ssn;
  }
}

function outcome(state: State, session: EidSession, account: Account, action: string, ssn: string): EidStatus {
  if (session.status !== 'PENDING') return session.status;
  if (action === 'cancel') return 'CANCELLED';
  return account.ssn !== null || isTaken(state, 'ssn', ssn) ? 'FAILED' : 'COMPLETED';
}

/** The person approves or cancels. Answers the redirect; it never carries the SSN. A session that has ended does not move. */
export function decideEid(state: State, account: Account, sessionId: string, action: string, typed: unknown): string {
  const session = readEid(state, sessionId);
  if (!session) throw new VendorError(404, 'Not found');
  const isTyped = typeof typed === 'string' && typed !== '';
  if (isTyped && !new RegExp(state.options.ssnPattern, 'u').test(typed)) {
    refuse([{ field: 'ssn', issue: 'The ssn field is invalid.' }]);
  }
  const ssn = isTyped ? typed : inventSsn(state, Number(session.id));
  const status = outcome(state, session, account, action, ssn);
  state.eidSessions.put({ ...session, status });
  const subject = { itemId: session.id, kind: session.provider };
  if (status === 'CANCELLED') record(state, 'eid.cancelled', account, subject);
  if (status === 'FAILED') record(state, 'eid.failed', account, subject);
  if (status === 'COMPLETED') {
    const identified = change(state, account, { ssn });
    record(state, 'eid.completed', identified, subject);
    record(state, 'ssn.written', identified, { kind: 'eid' });
    startMonitoring(state, identified);
  }
  const back = new URL(session.returnUrl);
  back.searchParams.set('eid_id', session.id);
  back.searchParams.set('status', status);
  if (session.state !== null) back.searchParams.set('state', session.state);
  return back.href;
}
