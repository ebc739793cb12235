import { z } from 'zod';
import type { Known } from '../../contract/account.ts';
import { isRecord } from '../http/answer.ts';

/** Response side. Unknown fields are ignored; what may be missing reads `unknown`, never "no" (Defentry contract, section 9.3). */

const YES = new Set<unknown>([true, 1, '1', 'true']);
const NO = new Set<unknown>([false, 0, '0', 'false']);

/**
 * Booleans of both response formats: JSON, `1`/`0`, and either as text (section 2.2).
 * @internal
 */
export function known(value: unknown): Known {
  if (YES.has(value)) return 'yes';
  if (NO.has(value)) return 'no';
  return 'unknown';
}

const anything = z.unknown().optional();
const flag = anything.transform(known);
const text = z.string().nullish().catch(undefined);

/** Integer or string at the vendor, always text with us. */
const id = z.union([z.string().min(1), z.int()]).transform(String);
const optionalId = id.nullish().catch(undefined);

/** The object itself or under `data`: only creation is documented to wrap it. */
export const wrapped = <T>(inner: z.ZodType<T>): z.ZodType<T> => z.preprocess(unwrap, inner);

function unwrap(body: unknown): unknown {
  return isRecord(body) && isRecord(body.data) ? body.data : body;
}

/** An SSN may come back in full, masked or not at all; only its presence is kept. */
export const account = z
  .object({
    id,
    external_id: text,
    email: text,
    phone: text,
    first_name: text,
    last_name: text,
    country_code: text,
    lang_code: text,
    plan_id: optionalId,
    supervisor_id: optionalId,
    is_active: flag,
    has_ssn: flag,
    ssn: anything,
    is_ssn_monitoring_active: flag,
  })
  .transform(({ ssn, has_ssn, ...rest }) => ({
    id: rest.id,
    externalId: rest.external_id,
    email: rest.email,
    planId: rest.plan_id,
    supervisorId: rest.supervisor_id,
    /** Under the vendor's own names, as an update sends them. */
    profile: {
      first_name: rest.first_name,
      last_name: rest.last_name,
      phone: rest.phone,
      country_code: rest.country_code,
      lang_code: rest.lang_code,
    },
    active: rest.is_active,
    ssnPresent: has_ssn === 'unknown' && typeof ssn === 'string' && ssn !== '' ? ('yes' as const) : has_ssn,
    ssnMonitoring: rest.is_ssn_monitoring_active,
  }));
export type Account = z.output<typeof account>;

/** Whether the account shows this SSN as its own. The SSN itself is not kept; one that is masked, or in another form, does not tell. */
export const showsSsn = (wanted: string) =>
  wrapped(
    z.object({ ssn: text }).transform(({ ssn }): Known => {
      if (!ssn) return 'unknown';
      const [shown, given] = [withoutHyphen(ssn), withoutHyphen(wanted)];
      if (shown === given) return 'yes';
      return /^\d{12}$/.test(shown) && /^\d{12}$/.test(given) ? 'no' : 'unknown';
    }),
  );

/** Only of the form that has the century's digits: in shorter ones the sign tells apart who was born a hundred years before. */
export function withoutHyphen(ssn: string): string {
  return /^\d{8}-\d{4}$/.test(ssn) ? ssn.replace('-', '') : ssn;
}

/**
 * A person on an account's list of members. Assumption (sections 3.4 and 9.8; no body is shown): it has an id and the person's fields. That the
 * invitation was accepted is read from whatever tells it; in this order, since a member may be active without having accepted anything.
 */
export const member = z
  .object({
    id,
    external_id: text,
    email: text,
    first_name: text,
    last_name: text,
    invitation_status: anything,
    accepted_at: anything,
    status: anything,
    is_active: flag,
  })
  .transform(({ invitation_status, accepted_at, status, is_active, ...rest }) => ({
    id: rest.id,
    externalId: rest.external_id,
    email: rest.email,
    firstName: rest.first_name,
    lastName: rest.last_name,
    accepted: firstTold([word(invitation_status), instant(accepted_at), word(status), is_active]),
    isInvited: invitation_status === 'PENDING',
  }));
export type Member = z.output<typeof member>;

function firstTold(said: Known[]): Known {
  return said.find((each) => each !== 'unknown') ?? 'unknown';
}

/** `data.id`, `id`, or a bare `data` (section 9.7). */
export const accountId = z.preprocess((body) => {
  const inner = isRecord(body) ? (body.data ?? body.id) : undefined;
  return isRecord(inner) ? inner.id : inner;
}, id);

/** A creation may answer without a body, or with one that has no id (section 9.8): then a look-up leads to it. */
export const createdId = accountId.optional().catch(undefined);

/** Top level, `data.token`, or `access_token` (section 9.2). */
export const token = z.preprocess((body) => {
  const outer = isRecord(body) ? body : {};
  return outer.token ?? (isRecord(outer.data) ? outer.data.token : undefined) ?? outer.access_token;
}, z.string().min(1));

/** Whether the account is active (section 9.8): `is_active`, else the status words. */
export const activation = wrapped(
  z
    .object({ is_active: flag, status: anything, activation_status: anything })
    .transform((body): Known =>
      body.is_active === 'unknown' ? word(body.status ?? body.activation_status) : body.is_active,
    ),
);

const DONE = new Set(['ACTIVE', 'ACCEPTED', 'CONFIRMED']);
const NOT_DONE = new Set(['INACTIVE', 'PENDING', 'NONE', 'INVITED', 'DECLINED', 'EXPIRED', 'CANCELLED', 'REJECTED']);

/** An open set: a word that is not known says nothing. */
function word(value: unknown): Known {
  const said = typeof value === 'string' ? value.toUpperCase() : '';
  if (DONE.has(said)) return 'yes';
  return NOT_DONE.has(said) ? 'no' : 'unknown';
}

/** When it happened, or `null` as long as it has not. */
function instant(value: unknown): Known {
  if (value === null) return 'no';
  return typeof value === 'string' && value !== '' ? 'yes' : 'unknown';
}

/** Whether the value is free, in any of the spellings of section 9.6. */
export const uniqueness = wrapped(
  z
    .object({ is_unique: flag, unique: flag, exists: flag, is_taken: flag })
    .transform((body): Known => {
      const free = [body.is_unique, body.unique].find((said) => said !== 'unknown');
      const taken = [body.exists, body.is_taken].find((said) => said !== 'unknown');
      return free ?? (taken === undefined ? 'unknown' : taken === 'yes' ? 'no' : 'yes');
    })
    .catch('unknown'),
);

/** `field`: where the watched value stands. */
export const watchlistItem = (field: string) =>
  z.preprocess((item) => (isRecord(item) ? { id: item.id, value: item[field] } : item), z.object({ id, value: text }));
export const leak = z.record(z.string(), z.unknown());

const pageNumber = z.int().nullish().catch(undefined);

/** A list under `data` or bare; `next` is the link to the following page, if any (section 9.7). */
export const page = <T>(item: z.ZodType<T>) =>
  z.preprocess(
    (body) => (Array.isArray(body) ? { data: body } : body),
    z.object({
      data: z.array(item),
      links: z.object({ next: z.string().nullish() }).nullish().catch(undefined),
      meta: z.object({ current_page: pageNumber, last_page: pageNumber, total: pageNumber }).nullish().catch(undefined),
    }),
  );

const EID_STATES = ['PENDING', 'COMPLETED', 'FAILED', 'CANCELLED', 'EXPIRED'] as const;

/** Assumption (section 9.1): the vendor's eID answers are not public. */
export const eidSession = wrapped(z.object({ id, redirect_url: z.url({ protocol: /^https?$/ }) }));
export const eidStatus = wrapped(z.object({ status: z.enum(EID_STATES) })).transform(({ status }) => status);
