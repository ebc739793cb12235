import { requestConfirmation, activate } from './confirmation.ts';
import type { Account } from './model.ts';
import { startMonitoring } from './monitoring.ts';
import { isPlain, plainId, record, type State } from './state.ts';
import { refuseTaken } from './uniqueness.ts';
import type { Person } from './validation.ts';

type Particulars = Pick<Account, 'type'> &
  Partial<Pick<Account, 'companyName' | 'organizationNumber'>> & { owner?: Account };

function newAccount(state: State, person: Person, { owner, ...particulars }: Particulars): Account {
  const isListed = owner !== undefined && state.options.members === 'plain';
  const number = (isListed ? state.members : state.accounts).nextNumber();
  const now = state.now().toISOString();
  return {
    companyName: null,
    organizationNumber: null,
    ...particulars,
    id: isListed ? plainId(number) : state.options.idType === 'integer' ? String(number) : `acc-${number}`,
    externalId: isListed ? null : (person.external_id ?? null),
    firstName: person.first_name,
    lastName: person.last_name,
    email: person.email ?? null,
    emailConfirmed: false,
    pendingEmail: null,
    createdEmail: person.email ?? null,
    phone: person.phone ?? null,
    countryCode: person.country_code ?? null,
    langCode: person.lang_code ?? null,
    planId: owner ? owner.planId : (person.plan_id ?? Object.keys(state.options.plans)[0] ?? null),
    ssn: person.ssn ?? null,
    monitoring: false,
    active: false,
    deactivated: false,
    activationDate: null,
    supervisorId: null,
    ownerId: owner?.id ?? null,
    invitation: 'NONE',
    acceptedAt: null,
    passwordSet: false,
    confirmationSentAt: null,
    deleted: false,
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * Creates an account, or a member when there is an owner.
 * Assumptions: without an address, or with `confirmation: none`, an account is active at once; a member is so only after it has
 * accepted its invitation.
 */
export function createAccount(state: State, person: Person, particulars: Particulars): Account {
  let account = newAccount(state, person, particulars);
  if (!isPlain(account)) refuseTaken(state, { email: person.email, ssn: person.ssn, externalId: person.external_id });
  state.accounts.put(account);
  record(state, particulars.owner ? 'member.added' : 'account.created', account);
  if (account.ssn !== null) record(state, 'ssn.written', account, { kind: 'creation' });
  account = startMonitoring(state, account);
  if (particulars.owner) return account;
  const confirms = state.options.confirmation === 'required' && account.email !== null;
  return confirms ? requestConfirmation(state, account) : activate(state, account);
}
