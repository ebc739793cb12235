import { inviteHolder } from './activation.ts';
import { VendorError } from '../core/http.ts';
import { FLAGS, PARTY_TYPE, type Account, type AccountField, type Caller } from './model.ts';
import { groupOf, normalEmail, partyOf, record, seesGroup, seesParty, type State } from './state.ts';
import { invalid, refuse, wireName, type Change, type Creation, type Detail } from './validation.ts';

/** 400 on the field, or the status of the option (10). */
function refuseReference({ options }: State, field: AccountField): never {
  if (options.unknownReference === 400) refuse([invalid(wireName(options, field))]);
  throw new VendorError(options.unknownReference, options.unknownReference === 404 ? 'Not Found' : 'Forbidden');
}

/** Throws for a party the caller can't see. */
function visibleParty(state: State, caller: Caller, id: number) {
  const party = partyOf(state, id);
  return party && seesParty(caller, party) ? party : refuseReference(state, 'partyId');
}

/** Throws for a group the caller can't use (4.2, row 7). */
export function refuseGroup(state: State, caller: Caller, id: number | undefined): void {
  if (id === undefined) return;
  const group = groupOf(state, id);
  if (!group || !seesGroup(caller, group)) refuseReference(state, 'accountGroupId');
}

/** Uniqueness of 4.2: addresses on the whole platform, also out of the caller's scope; external ids in their party. */
export function takenBy(state: State, partyId: number, given: Change, except?: string): Detail[] {
  const { options, accounts } = state;
  const taken = (field: AccountField): Detail => {
    const name = wireName(options, field);
    return { field: name, issue: `The value of ${name} is already in use.` };
  };
  const others = (found: Account[]) => found.filter(({ id }) => id !== except);
  const live = (found: Account[]) => others(found).filter(({ deleted }) => deleted === null);
  const details: Detail[] = [];
  if (given.email !== undefined) {
    const holders = accounts.find('email', normalEmail(given.email));
    const counted = options.deletedEmail === 'reserved' ? others(holders) : live(holders);
    if (counted.length > 0) details.push(taken('email'));
  }
  const { externalId } = given;
  const holders = typeof externalId === 'string' ? live(accounts.find('externalId', externalId)) : [];
  if (holders.some((account) => account.partyId === partyId)) details.push(taken('externalId'));
  return details;
}

function refuseSecond(state: State, partyId: number): Detail[] {
  const isHeld = state.accounts.find('partyId', String(partyId)).some(({ deleted }) => deleted === null);
  const field = wireName(state.options, 'partyId');
  return isHeld ? [{ field, issue: 'A party of type User may only contain a single account.' }] : [];
}

/** First id of a created account; those below are the logins. */
const IDS_FROM = 9000;

/** Creates an account in the caller's scope (4.2), and sends its holder a mail (assumption, 10). */
export function createAccount(state: State, caller: Caller, given: Creation): Account {
  const { options } = state;
  const party = visibleParty(state, caller, given.partyId);
  refuseGroup(state, caller, given.accountGroupId);
  const flags = FLAGS.filter((flag) => typeof given[flag] === 'boolean');
  if (options.flagsAtCreation === 'refused' && flags.length > 0) {
    refuse(flags.map((flag) => invalid(wireName(options, flag))));
  }
  const taken = takenBy(state, given.partyId, given);
  if (party.accountRole === PARTY_TYPE.User) taken.push(...refuseSecond(state, given.partyId));
  if (taken.length > 0) refuse(taken, options.duplicates);
  const now = state.now().toISOString();
  const account: Account = {
    id: String(IDS_FROM + state.accounts.nextNumber()),
    email: given.email,
    partyId: given.partyId,
    firstName: given.firstName ?? null,
    lastName: given.lastName,
    theme: given.theme ?? 2,
    isAdmin: false,
    accountGroupId: given.accountGroupId,
    colorId: given.colorId ?? 1,
    canViewAllRepresentations: false,
    isSupervisor: false,
    externalId: given.externalId ?? null,
    activation: 'created',
    created: now,
    lastModified: now,
    deleted: null,
  };
  state.accounts.put(account);
  record(state, 'account.created', account);
  return options.invitationMail ? inviteHolder(state, account) : account;
}
