import { restore } from './creation.ts';
import { accountOf, change, record, type State } from './state.ts';

/** What only people in the vendor's administration portal (PAP) can do (5.5, 5.6, 5.8, 17.16). */
export interface Administration {
  /** Blocks an account; its products stay as they are. */
  inactivate(accountId: string): void;
  activate(accountId: string): void;
  /** Undoes archiving, for 30 days and only where the option `archiving` allows it. */
  restore(accountId: string): void;
  /** Thaws a frozen account. */
  unlock(accountId: string): void;
}

export function createAdministration(state: State): Administration {
  const set = (accountId: string, status: 'active' | 'inactive') =>
    state.store.transaction(() => {
      const changed = change(state, accountOf(state, accountId), { status });
      record(state, status === 'active' ? 'account.activated' : 'account.deactivated', changed);
    });
  return {
    inactivate: (accountId) => set(accountId, 'inactive'),
    activate: (accountId) => set(accountId, 'active'),
    restore: (accountId) => void state.store.transaction(() => restore(state, accountId)),
    unlock(accountId) {
      for (const { id } of state.attempts.find('accountId', accountId)) state.attempts.remove(id);
    },
  };
}
