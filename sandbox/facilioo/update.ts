import { VendorError } from '../core/http.ts';
import { refuseGroup, takenBy } from './creation.ts';
import { FIXED, FLAGS, type Account, type Caller } from './model.ts';
import { change, record, type State } from './state.ts';
import { invalid, refuse, wireName, type Change } from './validation.ts';

/** The flags that a change would turn; `null` clears. */
const turnedFlags = (account: Account, given: Change) =>
  FLAGS.filter((flag) => given[flag] !== undefined && (given[flag] ?? false) !== account[flag]);

/** 4.2, 4.4: only an administrator of the same party. */
function refuseFlags({ account: caller }: Caller, account: Account, turned: readonly string[]): void {
  if (turned.length > 0 && !(caller.isAdmin && caller.partyId === account.partyId))
    throw new VendorError(403, 'Forbidden');
}

/**
 * Absent means unchanged, `null` clears (assumption, 10). What is fixed may be sent as long as it is
 * as before.
 */
export function updateAccount(state: State, caller: Caller, account: Account, given: Change): Account {
  const { options } = state;
  const fixed = FIXED.filter((field) => given[field] !== undefined && given[field] !== account[field]);
  if (options.fixedFields === 'refused' && fixed.length > 0) {
    refuse(fixed.map((field) => invalid(wireName(options, field))));
  }
  const turned = turnedFlags(account, given);
  refuseFlags(caller, account, turned);
  refuseGroup(state, caller, given.accountGroupId);
  const taken = takenBy(state, account.partyId, given, account.id);
  if (taken.length > 0) refuse(taken, options.duplicates);
  const cleared = <T>(value: T | null | undefined, before: T, empty: T): T =>
    value === undefined ? before : (value ?? empty);
  const changed = change(state, account, {
    email: given.email ?? account.email,
    accountGroupId: given.accountGroupId ?? account.accountGroupId,
    theme: cleared(given.theme, account.theme, 2),
    colorId: cleared(given.colorId, account.colorId, 1),
    isAdmin: cleared(given.isAdmin, account.isAdmin, false),
    canViewAllRepresentations: cleared(given.canViewAllRepresentations, account.canViewAllRepresentations, false),
    isSupervisor: cleared(given.isSupervisor, account.isSupervisor, false),
    externalId: cleared(given.externalId, account.externalId, null),
  });
  record(state, 'account.updated', changed);
  if (turned.length > 0) record(state, 'rights.changed', changed, { kind: turned.join(',') });
  return changed;
}

/** Soft: out of all lists, with its address reserved (assumption, 10). */
export function deleteAccount(state: State, account: Account): void {
  state.outbox.void(account.id);
  record(state, 'account.deleted', change(state, account, { deleted: state.now().toISOString() }));
}
