import { conflict } from './errors.ts';
import type { Account } from './model.ts';
import { change, pairKey, type State } from './state.ts';

/** Accounts that are known under an external id, the oldest mapping first (11, 17.20). */
export const mappedTo = ({ mappings, accounts }: State, key: string, value: string): Account[] =>
  mappings
    .find('pair', pairKey(key, value))
    .map(({ accountId }) => accounts.get(accountId))
    .filter((account) => account !== undefined);

/** Creates or overwrites one mapping. */
export function map(state: State, account: Account, key: string, value: string): Account {
  const isTaken = mappedTo(state, key, value).some(({ id }) => id !== account.id);
  if (isTaken && !state.options.sharedMappings) throw conflict('already_exists', 'value already exists', 'value');
  state.mappings.put({ id: pairKey(account.id, key), accountId: account.id, key, value });
  return change(state, account, { externalIds: { ...account.externalIds, [key]: value } });
}

export function unmap(state: State, account: Account): void {
  for (const key of Object.keys(account.externalIds)) state.mappings.remove(pairKey(account.id, key));
}
