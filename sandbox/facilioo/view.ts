import { ACCOUNT_FIELDS, PARTY_FIELDS, type Account, type AccountGroup, type Party, type PartyField } from './model.ts';
import type { FaciliooOptions } from './options.ts';
import { wireName } from './validation.ts';

export type View = Record<string, string | number | boolean | null>;

type Audited = Pick<Account, 'id' | 'created' | 'lastModified' | 'deleted'>;

function audit({ created, lastModified, deleted }: Audited, { timestamps }: FaciliooOptions): View {
  const wireTime = (iso: string) => iso.replace(/\.\d+Z$/, timestamps === 'utc' ? 'Z' : '');
  return { created: wireTime(created), lastModified: wireTime(lastModified), deleted: deleted && wireTime(deleted) };
}

/** AccountRead (4.3). */
export function accountView(account: Account, options: FaciliooOptions): View {
  const { activationField } = options;
  const fields = ACCOUNT_FIELDS.map((field) => [wireName(options, field), account[field]] as const);
  const shown = activationField === null ? {} : { [activationField]: account.activation };
  return { id: Number(account.id), ...Object.fromEntries(fields), ...shown, ...audit(account, options) };
}

/** AccountGroupRead: `id` and `name` are all that is sure (7). */
export const groupView = (group: AccountGroup, options: FaciliooOptions): View => ({
  id: Number(group.id),
  name: group.name,
  ...audit(group, options),
});

/** What a field of a party is called on the wire. */
export const partyWireName = ({ partyNames }: FaciliooOptions, field: PartyField): string => partyNames[field] ?? field;

/** PartyRead. Assumption: the read side mirrors the creation, with `fullName` (6.2). */
export function partyView(party: Party, options: FaciliooOptions): View {
  const { id, primaryName, secondaryName } = party;
  const fullName = [primaryName, secondaryName].filter((name) => name !== null).join(' ');
  const fields = PARTY_FIELDS.map((field) => [partyWireName(options, field), party[field]] as const);
  return { id: Number(id), fullName, ...Object.fromEntries(fields), ...audit(party, options) };
}
