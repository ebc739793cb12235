import { PARTY_TYPE, type Account, type AccountGroup, type Party } from './model.ts';
import type { FaciliooOptions } from './options.ts';

/** What is there before the first call. */
export interface World {
  parties: Map<string, Party>;
  groups: Map<string, AccountGroup>;
  accounts: Account[];
}

const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

export function worldOf(options: FaciliooOptions, now: Date): World {
  const at = now.toISOString();
  const audit = (id: number) => ({ id: String(id), created: at, lastModified: at, deleted: null });
  const noNames = { primaryName: null, ternaryName: null, quaternaryName: null, externalId: null };
  const { first, count, managedBy } = options.userParties;
  const users = Array.from({ length: count }, (_, n) => ({
    ...audit(first + n),
    ...noNames,
    accountRole: PARTY_TYPE.User,
    secondaryName: `Resident ${first + n}`,
    managedBy,
  }));
  const parties = options.parties.map(({ id, accountRole, name, managedBy: manager }) => ({
    ...audit(id),
    ...noNames,
    accountRole,
    secondaryName: name,
    managedBy: manager,
  }));
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
  return { parties: byId([...parties, ...users]), groups: byId(groups), accounts };
}
