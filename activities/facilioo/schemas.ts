import { z } from 'zod';
import type { FieldNames } from './fields.ts';

/** Response side. Unknown fields are ignored; what may be missing is `undefined` and proves nothing (contract, section 4.3). */

const text = z.string().nullish().catch(undefined);
const int = z.int().nullish().catch(undefined);
const flag = z.boolean().nullish().catch(undefined);

/** `int32` at the vendor, text with us. */
const id = z.int().transform(String);

export const tokens = z.object({ accessToken: text, refreshToken: text });
export type Tokens = z.output<typeof tokens>;

/** Expiry is read from the token, never assumed (section 3.1). */
export const claims = z.object({ exp: z.number() });

export const accountWith = (names: FieldNames) =>
  z.looseObject({ id, deleted: text }).transform((body) => ({
    id: body.id,
    deleted: body.deleted,
    email: text.parse(body[names.email]),
    partyId: int.parse(body[names.partyId]),
    accountGroupId: int.parse(body[names.accountGroupId]),
    externalId: text.parse(body[names.externalId]),
    isAdmin: flag.parse(body[names.isAdmin]),
    canViewAllRepresentations: flag.parse(body[names.canViewAllRepresentations]),
    isSupervisor: flag.parse(body[names.isSupervisor]),
  }));
export type Account = z.output<ReturnType<typeof accountWith>>;

export const partyWith = (names: FieldNames) =>
  z.looseObject({ id, deleted: text }).transform((body) => ({
    id: body.id,
    deleted: body.deleted,
    accountRole: int.parse(body[names.accountRole]),
    externalId: text.parse(body[names.partyExternalId]),
  }));
export type Party = z.output<ReturnType<typeof partyWith>>;

export const accountGroup = z.object({ id, name: text });

/** Any success that holds an object with an id; also none, and then it must be looked up (section 10, create). */
export const created = <T>(entity: z.ZodType<T>): z.ZodType<T | undefined> => z.union([z.undefined(), entity]);

/** Section 2.2. What says whether another page follows may be missing. */
export const page = <T>(item: z.ZodType<T>) =>
  z.object({
    items: z.array(item),
    pageNumber: int,
    totalPages: int,
    hasNextPage: z.boolean().nullish().catch(undefined),
  });
