import { PARTY_TYPE, type Account, type AccountGroup, type Party } from './model.ts';
import type { FaciliooOptions } from './options.ts';

/** What is there before the first call. */
export interface World {
  party: (id: number) => Party | undefined;
  allParties: () => Party[];
  groups: Map<string, AccountGroup>;
  accounts: Account[];
}

const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

export function worldOf(options: FaciliooOptions, now: Date): World {
  const at = now.toISOString();
  const audit = (id: number) => ({ id: String(id), created: at, lastModified: at, deleted: null });
  const noNames = { primaryName: null, ternaryName: null, quaternaryName: null, externalId: null };
  const { first, count, managedBy } = options.userParties;
  // Made when they are asked for: a thousand of them cost more than all the rest of a sandbox.
  const user = (id: number) => ({
    ...audit(id),
    ...noNames,
    accountRole: PARTY_TYPE.User,
    secondaryName: `Resident ${id}`,
    managedBy,
  });
  const named = byId(
    options.parties.map(({ id, accountRole, name, managedBy: manager }) => ({
      ...audit(id),
      ...noNames,
      accountRole,
      secondaryName: name,
      managedBy: manager,
    })),
  );
  const groups = options.accountGroups.map((group) => ({ ...group, ...audit(group.id) }));
  const accounts = options.logins.map(({ email, partyId, accountGroupId, isAdmin }, index) => ({
    ...audit(index + 1),
    email,
    partyId,
    accountGroupId,
    isAdmin,
    firstName: null,
    lastName: 'Service',
    theme: 2,
    colorId: 1,
    canViewAllRepresentations: false,
    isSupervisor: false,
    externalId: null,
    activation: 'active' as const,
  }));
  return {
    party: (id) => (Number.isInteger(id) && id >= first && id < first + count ? user(id) : named.get(String(id))),
    allParties: () => [...named.values(), ...Array.from({ length: count }, (_, n) => user(first + n))],
    groups: byId(groups),
    accounts,
  };
}
