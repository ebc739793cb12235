/**
 * Names of body fields as facilioo has them. Its reference pages show types and rules but no names (contract, sections 0, 4.2 and 6.2), so
 * each name here is an assumption and can be replaced by FACILIOO_FIELD_NAMES.
 */
export const FIELD_NAMES = {
  email: 'email',
  partyId: 'partyId',
  firstName: 'firstName',
  lastName: 'lastName',
  /** The exception for sub-entities would make it `groupId` (section 4.2). */
  accountGroupId: 'accountGroupId',
  isAdmin: 'isAdmin',
  /** No source at all: the contract's working name. */
  canViewAllRepresentations: 'canViewAllRepresentations',
  isSupervisor: 'isSupervisor',
  externalId: 'externalId',
  theme: 'theme',
  accountRole: 'accountRole',
  primaryName: 'primaryName',
  secondaryName: 'secondaryName',
  partyExternalId: 'externalId',
};

/** Required at the creation of a party, and nobody outside facilioo knows how they are called: no name is guessed. */
export const CONTACT_FIELDS = ['contactByEmail', 'contactByPush', 'contactByMail'] as const;

export type FieldName = keyof typeof FIELD_NAMES | (typeof CONTACT_FIELDS)[number];
export type FieldNames = typeof FIELD_NAMES & Partial<Record<FieldName, string>>;

export function isFieldName(name: string): name is FieldName {
  return name in FIELD_NAMES || (CONTACT_FIELDS as readonly string[]).includes(name);
}

/** Our values under facilioo's names. A value without a name is a programming error: configuration is checked before. */
export function toVendor(values: Partial<Record<FieldName, unknown>>, names: FieldNames): Record<string, unknown> {
  const renamed = Object.entries(values).map(([field, value]) => {
    const name = isFieldName(field) ? names[field] : undefined;
    if (name === undefined) throw new TypeError(`${field} has no name in FACILIOO_FIELD_NAMES`);
    return [name, value];
  });
  return Object.fromEntries(renamed);
}
