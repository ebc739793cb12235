import type { Answer } from '../core/http.ts';
import type { Account } from './model.ts';
import type { DefentryOptions } from './options.ts';
import { isPlain, shownId } from './state.ts';

/** Ids made of digits are integers on the wire. */
export const wireId = (id: string): number | string => (/^\d+$/.test(id) ? Number(id) : id);

/** RFC 3339 without fractions, as the standardized format writes datetimes (2.2). */
export const wireTime = (iso: string) => iso.replace(/\.\d+Z$/, 'Z');

function ssnFields({ ssn }: Account, { ssnVisibility }: DefentryOptions): { ssn?: string | null } {
  if (ssnVisibility === 'omitted') return {};
  return { ssn: ssn && ssnVisibility === 'masked' ? ssn.replace(/.{4}$/, '****') : ssn };
}

/** The account object (9.3). */
export function accountView(account: Account, options: DefentryOptions): Record<string, unknown> {
  const shown = {
    id: wireId(shownId(account)),
    [options.externalIdField]: account.externalId,
    type: account.type,
    first_name: account.firstName,
    last_name: account.lastName,
    email: account.email,
    phone: account.phone,
    country_code: account.countryCode,
    lang_code: account.langCode,
    ...(account.type === 'BUSINESS'
      ? { company_name: account.companyName, organization_number: account.organizationNumber }
      : {}),
    plan_id: account.planId && wireId(account.planId),
    is_active: account.active,
    has_ssn: account.ssn !== null,
    ...ssnFields(account, options),
    is_ssn_monitoring_active: account.monitoring,
    supervisor_id: account.supervisorId && wireId(account.supervisorId),
    activation_date: account.activationDate,
    created_at: wireTime(account.createdAt),
    updated_at: wireTime(account.updatedAt),
  };
  return without(shown, options);
}

function without(fields: Record<string, unknown>, { hiddenFields }: DefentryOptions): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !hiddenFields.includes(name)));
}

/** What a command answers (9.8). */
export function done(account: Account, options: DefentryOptions): Answer {
  return options.commandAnswers === 'nothing'
    ? { status: 204 }
    : { status: 200, body: { data: accountView(account, options) } };
}

/** What a creation answers (2.5). */
export function created(view: Record<string, unknown>, { creationAnswers }: DefentryOptions): Answer {
  if (creationAnswers === 'nothing') return { status: 201 };
  return { status: 201, body: creationAnswers === 'id' ? { id: view['id'] } : { data: view } };
}

/** The person's own fields, and how the invitation stands. Assumption: the contract shows no body (3.4). */
export function memberView(member: Account, options: DefentryOptions): Record<string, unknown> {
  const whole = accountView(member, options);
  const person = isPlain(member) ? pick(whole, ['id', 'first_name', 'last_name', 'email', 'phone']) : whole;
  return without({ ...person, ...acceptance(member, options) }, options);
}

const STATUS: Record<Account['invitation'], string> = { NONE: 'PENDING', PENDING: 'PENDING', ACCEPTED: 'ACTIVE' };

function acceptance({ invitation, acceptedAt, active }: Account, { acceptance: shown }: DefentryOptions) {
  const told = {
    invitation_status: invitation,
    status: STATUS[invitation],
    accepted_at: acceptedAt && wireTime(acceptedAt),
    is_active: active,
  };
  return { [shown]: told[shown] };
}

function pick(fields: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
