import { z } from 'zod';
import type { Known } from '../../contract/account.ts';
import { isRecord } from '../http/answer.ts';

/** Response side. Unknown fields are ignored, since new ones appear without notice; what may be missing reads `unknown`, never "no". */

const text = z.string().nullish().catch(undefined);
const id = z.string().min(1);

/** Most reads wrap their object in `item`; an old page shows it bare (Tulo Payway contract, section 3.2). */
const item = <T>(inner: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess((body) => (isRecord(body) && isRecord(body.item) ? body.item : body), inner);

export const items = <T>(inner: z.ZodType<T>) => z.object({ items: z.array(inner) }).transform((body) => body.items);

/** Section 17, 3: only `access_token` is needed; an hour where the lifetime is missing. */
export const token = z.object({
  access_token: z.string().min(1),
  expires_in: z
    .union([z.number(), z.string().min(1).transform(Number)])
    .pipe(z.number().nonnegative())
    .catch(3600),
});

/** The id of what was created or changed. */
export const created = item(z.object({ id })).transform((body) => body.id);

const status = z.enum(['created', 'active', 'inactive', 'archived']);
export const accountStatus = item(z.object({ status })).transform((body) => body.status);

export const userProduct = z
  .object({ id, product_code: text, state: text, valid_to: text, order_id: text })
  .transform((body) => ({
    id: body.id,
    code: body.product_code ?? undefined,
    activated: runs(body.state),
    /** Epoch milliseconds; `NaN` when it is not told. */
    validTo: Date.parse(body.valid_to ?? ''),
    bought: Boolean(body.order_id),
  }));
export type UserProduct = z.output<typeof userProduct>;

/** Of the state only the two values that are sent are documented (section 12): none, or another one, tells nothing. */
function runs(state: string | null | undefined): Known {
  return state === 'activated' ? 'yes' : state === 'deactivated' ? 'no' : 'unknown';
}

function flag(value: unknown): Known {
  return value === true ? 'yes' : value === false ? 'no' : 'unknown';
}

/** Formats are not checked: the documentation's own examples break the rules of input (section 6). Of an SSN only its presence is kept. */
export const account = item(
  z
    .object({
      id,
      email: text,
      status: z.string().optional().catch(undefined),
      verified: z.unknown().optional().transform(flag),
      first_name: text,
      last_name: text,
      mobile_phone_number: text,
      social_security_number: text,
      social_security_number_century: text,
      user_products: z.array(userProduct).optional().catch(undefined),
    })
    .transform((body) => ({
      id: body.id,
      email: body.email,
      status: body.status,
      verified: body.verified,
      profile: {
        first_name: body.first_name,
        last_name: body.last_name,
        mobile_phone_number: body.mobile_phone_number,
      },
      ssnPresent: presence(body.social_security_number, body.social_security_number_century),
      userProducts: body.user_products,
    })),
);
export type Account = z.output<typeof account>;

function presence(...values: (string | null | undefined)[]): Known {
  if (values.some(Boolean)) return 'yes';
  return values.every((value) => value === undefined) ? 'unknown' : 'no';
}

/** Section 8.1: always 200 for an account that exists. */
export const pendingVerification = item(
  z.object({ status: z.enum(['pending', 'no_pending_request', 'verified']), verified: z.boolean().optional() }),
).transform((body) => (body.verified ? 'verified' : body.status));

export const verified = item(z.object({ verified: z.boolean() })).transform((body) => body.verified);
export const passwordReset = item(z.object({ account_id: id, confirmation_code: z.string().min(1) }));

export const shared = items(z.object({ sharing_id: id, receiver_email: text }));

/** One id, three names: `sharing_id`, `package_sharing_id`, `product_sharing_id` (section 10). */
export const sharing = z.object({ product_sharing_id: id, state: text, contact_email: text }).transform((body) => ({
  id: body.product_sharing_id,
  accepted: body.state === 'active',
  email: body.contact_email ?? undefined,
}));
export type Sharing = z.output<typeof sharing>;

export const pendingShare = z.object({ package_sharing_id: id, shared_product_id: text, sharer_account_id: text });

const candidateProduct = z.object({ product_code: text, valid_to: text });

/** Section 5.7. Of an SSN only its presence is kept. */
export const candidate = item(
  z
    .object({
      account_candidate_id: id,
      customer_number: text,
      email: text,
      first_name: text,
      last_name: text,
      mobile_phone_number: text,
      social_security_number: text,
      zip_code: text,
      products: z.array(candidateProduct).optional().catch(undefined),
    })
    .transform(({ social_security_number, ...body }) => ({ ...body, ssnPresent: presence(social_security_number) })),
);
export type Candidate = z.output<typeof candidate>;

/** Section 7.2. */
export const address = item(
  z.object({
    first_name: text,
    last_name: text,
    street: text,
    street_number: text,
    staircase: text,
    floor: text,
    apartment: text,
    apartment_number: text,
    zip_code: text,
    city: text,
    country_code: text,
    drop_box: text,
  }),
);
export const activeProducts = item(z.object({ active_products: z.array(z.string()) })).transform(
  (body) => body.active_products,
);
export const comment = z.record(z.string(), z.unknown());
export const authenticationAttempts = item(
  z.object({ account_frozen: z.boolean(), remaining_authentication_attempts: z.number(), frozen_until: text }),
);
