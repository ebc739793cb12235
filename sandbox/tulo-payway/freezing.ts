import type { Account } from './model.ts';
import { newId, record, type State } from './state.ts';

const LIMIT = 5;
const HOUR = 3_600_000;

export interface Attempts {
  frozen: boolean;
  remaining: number;
  /** `null` while it is not frozen, and when only an administrator thaws it. */
  frozenUntil: Date | null;
}

/** Five failures in a row within an hour freeze an account (5.8). */
export function attemptsOf({ attempts, options, now }: State, account: Account): Attempts {
  const { thaws, seconds } = options.frozen;
  let failures: number[] = [];
  let frozenAt: number | undefined;
  for (const { successful, at } of attempts.find('accountId', account.id)) {
    const time = Date.parse(at);
    failures = successful ? [] : [...failures.filter((earlier) => earlier > time - HOUR), time];
    if (failures.length < LIMIT) continue;
    frozenAt = time;
    failures = [];
  }
  const until = new Date((frozenAt ?? 0) + seconds * 1000);
  const isFrozen = frozenAt !== undefined && (thaws === 'in-PAP' || until > now());
  const recent = failures.filter((time) => time > now().getTime() - HOUR);
  return {
    frozen: isFrozen,
    remaining: isFrozen ? 0 : LIMIT - recent.length,
    frozenUntil: isFrozen && thaws === 'by-itself' ? until : null,
  };
}

export function recordAttempt(state: State, account: Account, successful: boolean): void {
  const before = attemptsOf(state, account);
  state.attempts.put({ id: newId(), accountId: account.id, successful, at: state.now().toISOString() });
  if (!before.frozen && attemptsOf(state, account).frozen) record(state, 'account.frozen', account);
}
