import { conflict, invalid, notFound } from './errors.ts';
import { send } from './mails.ts';
import { map, unmap } from './mappings.ts';
import { emailName } from './names.ts';
import type { Account, Profile } from './model.ts';
import { leaveAll } from './sharing.ts';
import { change, emailKey, newId, record, ssnKey, type State } from './state.ts';
import { requestVerification } from './verification.ts';

/** 17.2: the taken field is named as inside Payway. */
function refuseTaken(state: State, field: string): never {
  const message = `${field} already exists`;
  throw state.options.duplicates === 409 ? conflict('already_exists', message, field) : invalid(field, message);
}

/** Refuses what another account has, and what is barred from registration (5.1, 17.2, 17.27). */
export function refuseDuplicates(
  state: State,
  { email, ssn, alias }: { email?: string | undefined; ssn?: string | undefined; alias?: string | undefined },
  except?: string,
): void {
  const { accounts, options } = state;
  const isTaken = (others: Account[]) =>
    others.some(({ id, status }) => id !== except && (status !== 'archived' || !options.archiveFrees));
  if (email !== undefined) {
    const key = emailKey(options, email);
    const field = emailName(options, 'contact_email');
    if (options.blacklist.some((barred) => emailKey(options, barred) === key)) {
      throw invalid(field, `${field} is blacklisted`);
    }
    if (isTaken(accounts.find('email', key))) refuseTaken(state, field);
  }
  if (ssn !== undefined && isTaken(accounts.find('ssn', ssnKey(ssn)))) refuseTaken(state, 'social_security_number');
  if (alias !== undefined && isTaken(accounts.find('alias', alias))) refuseTaken(state, 'alias');
}

export interface NewAccount {
  email: string;
  ssn: string | undefined;
  profile: Profile;
  externalIds: Record<string, string>;
  requireVerification: boolean;
  customerNumber?: string;
}

/** 8.3: the first three rows. */
export function createAccount(state: State, given: NewAccount): Account {
  const { options } = state;
  refuseDuplicates(state, given);
  const requires = given.requireVerification && options.emailVerification;
  const isVerified = !requires && options.createdAs === 'verified';
  const now = state.now().toISOString();
  const created: Account = {
    id: newId(),
    email: given.email,
    ssn: given.ssn ?? null,
    status: requires ? options.unverifiedStatus : 'active',
    verified: isVerified,
    customerNumber: given.customerNumber ?? null,
    tuloCustomerNumber: String(state.accounts.nextNumber()).padStart(5, '0'),
    externalIds: {},
    profile: { created_from_source: `${options.client.name} ${options.client.id}`, ...given.profile },
    createdAt: now,
    updatedAt: now,
  };
  state.accounts.put(created);
  const account = Object.entries(given.externalIds).reduce(
    (each, [key, value]) => map(state, each, key, value),
    created,
  );
  record(state, 'account.created', account);
  if (account.status === 'active') record(state, 'account.activated', account);
  if (requires && options.requestAtCreation) requestVerification(state, account);
  if (!requires) {
    send(state, account, 'welcome', {
      title: `Confirmation for account ${account.id}`,
      actions: [{ name: 'read', label: 'Mark as read' }],
    });
  }
  return account;
}

/**
 * 5.6: identifying data is removed.
 * Assumptions: its mails have no effect any more, and what others share with it ends.
 */
export function archive(state: State, account: Account): void {
  const { archiveFrees, archivedMappings, archiving } = state.options;
  const keepsIds = archivedMappings === 'stay';
  if (archiving === 'undone-in-PAP') state.archived.put(account);
  state.outbox.void(account.id);
  leaveAll(state, account);
  if (!keepsIds) unmap(state, account);
  record(state, 'account.archived', account);
  change(state, account, {
    ...(archiveFrees ? { email: null, ssn: null } : {}),
    status: 'archived',
    verified: false,
    customerNumber: null,
    externalIds: keepsIds ? account.externalIds : {},
    profile: {},
  });
}

const RESTORABLE_MS = 30 * 86_400_000;

/** 5.6: what one page says that PAP can do. Assumption: it fails when the address or SSN is somebody else's by now. */
export function restore(state: State, accountId: string): Account {
  const before = state.archived.get(accountId);
  const archived = state.accounts.get(accountId);
  const since = archived && state.now().getTime() - Date.parse(archived.updatedAt);
  if (!before || !archived || since === undefined || since > RESTORABLE_MS) throw notFound('account');
  refuseDuplicates(state, { email: before.email ?? undefined, ssn: before.ssn ?? undefined }, accountId);
  state.archived.remove(accountId);
  const restored = Object.entries(before.externalIds).reduce(
    (each, [key, value]) => map(state, each, key, value),
    change(state, archived, before),
  );
  record(state, 'account.restored', restored);
  return restored;
}
