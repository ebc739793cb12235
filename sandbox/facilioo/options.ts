import { z } from 'zod';
import { ACCOUNT_FIELDS, PARTY_FIELDS, PARTY_TYPES, PERMISSION } from './model.ts';

const seconds = z.number().nonnegative();
const count = z.number().int().positive();
const id = z.int32().positive();

const party = z.object({
  id,
  accountRole: z.literal(PARTY_TYPES),
  name: z.string(),
  managedBy: id.nullable().default(null),
});

const accountGroup = z.object({
  id,
  name: z.string(),
  partyId: id,
  permissions: z.array(z.literal(Object.values(PERMISSION))),
});

const login = z.object({
  email: z.string(),
  password: z.string(),
  partyId: id,
  accountGroupId: id,
  isAdmin: z.boolean().default(false),
});

const PARTIES: z.input<typeof party>[] = [
  { id: 1, accountRole: 2, name: 'Hausverwaltung Muster GmbH' },
  { id: 2, accountRole: 2, name: 'Andere Verwaltung GmbH' },
  { id: 3, accountRole: 3, name: 'Pool Muster GmbH', managedBy: 1 },
  { id: 2001, accountRole: 7, name: 'Other', managedBy: 2 },
];

const ACCOUNT_GROUPS: z.input<typeof accountGroup>[] = [
  { id: 1, name: 'Administrators', partyId: 1, permissions: [0, 1, 2, 3] },
  { id: 2, name: 'Readers', partyId: 1, permissions: [1] },
  { id: 12, name: 'Residents', partyId: 1, permissions: [1] },
  { id: 91, name: 'Administrators', partyId: 2, permissions: [0, 1, 2, 3] },
];

const LOGINS: z.input<typeof login>[] = [
  { email: 'service@verwaltung.example', password: 'sandbox-password', partyId: 1, accountGroupId: 1, isAdmin: true },
];

/**
 * Everything the contract leaves open, with the contract's own assumption as default. The numbers are its sections.
 * Whatever is not marked as documented there is an assumption, not facilioo's behaviour.
 */
export const optionsSchema = z.strictObject({
  /** 6, 7: the parties and groups there are, and the accounts that can log in (ids 1, 2, … in this order). */
  parties: z.array(party).prefault(PARTIES),
  accountGroups: z.array(accountGroup).prefault(ACCOUNT_GROUPS),
  logins: z.array(login).prefault(LOGINS),
  /** 6.1: parties of type User of one company, so many from this id on. */
  userParties: z.object({ first: id.default(4000), count: count.default(1000), managedBy: id.default(1) }).prefault({}),

  /** 4.2: what fields are called on the wire where the name is not that of the contract's table. */
  names: z.partialRecord(z.enum(ACCOUNT_FIELDS), z.string()).default({}),
  /** 4.2, 10: `groupId` is taken for `accountGroupId`. */
  groupIdAlias: z.boolean().default(false),
  /** 6.1, 11.4: which of the two lists of party types a creation takes. */
  partyTypes: z.enum(['later', 'earlier']).default('later'),
  /** 6.2: what the fields of a party are called on the wire where the name is not that of the contract's table. */
  partyNames: z.partialRecord(z.enum(PARTY_FIELDS), z.string()).default({}),
  /** 6.2: names of the three contact preferences; not known at all. */
  preferences: z
    .object({
      email: z.string().default('contactByEmail'),
      push: z.string().default('contactByPush'),
      mail: z.string().default('contactByMail'),
    })
    .prefault({}),

  /** 10: status and body of a creation. */
  createStatus: z.literal([201, 200]).default(201),
  createBody: z.enum(['account', 'empty']).default('account'),
  /** 10: what becomes of the three flags in a creation. */
  flagsAtCreation: z.enum(['ignored', 'refused']).default('ignored'),
  /** 10: status of a taken e-mail or external id and of a second account of a User party. */
  duplicates: z.literal([400, 409, 422]).default(400),
  /** 10: status of a party or group that is unknown or out of the caller's scope. */
  unknownReference: z.literal([400, 403, 404]).default(400),
  /** 10: what becomes of fixed fields in a PATCH. */
  fixedFields: z.enum(['refused', 'ignored']).default('refused'),
  /** 4.4, 10: the form of a PATCH, which its page does not show; the other one is 415. */
  changeBody: z.enum(['merge', 'json-patch']).default('merge'),
  /** 4.4, 10: whether there is a DELETE, and whether the address is free after it. */
  deletion: z.enum(['soft', 'absent']).default('soft'),
  deletedEmail: z.enum(['reserved', 'free']).default('reserved'),

  /** 10: whether a created account gets a mail. */
  invitationMail: z.boolean().default(true),
  /** 4.3, 10: name of a field that shows the activation; the vendor documents none. */
  activationField: z.string().nullable().default(null),
  /** 2: how times are written. */
  timestamps: z.enum(['utc', 'without-offset']).default('utc'),

  /** 2.3, 10: whether there are search routes, and whether they filter. */
  search: z.enum(['filters', 'ignores-filters', 'absent']).default('filters'),
  searchMatch: z.enum(['exact', 'contains']).default('exact'),
  /** 2.2, 11.1: whether POST takes page parameters; without, each answer is the first page. */
  searchPaging: z.boolean().default(true),
  /** 2.2: what becomes of a page size above 100. */
  pageSizeAbove: z.enum(['capped', 'refused']).default('capped'),
  /** 2.3: whether `SortByAttributeName` has an effect. */
  sortByAttribute: z.boolean().default(true),
  /** 10: order of lists; with `newest-first`, entries shift between pages while others are created. */
  listOrder: z.enum(['id', 'newest-first']).default('id'),

  /** 3.1, 10: `jwt` as in the vendor's sample, `opaque` has no readable expiry. */
  accessToken: z.enum(['jwt', 'opaque']).default('jwt'),
  /** 3.1, 10: lifetimes in seconds. */
  tokens: z.object({ access: seconds.default(3600), refresh: seconds.default(14 * 86_400) }).prefault({}),
  /** 3.1, 10: how a refresh is asked for. */
  refreshForm: z.enum(['both', 'bearer', 'body']).default('both'),
  /** 3.1: status of wrong credentials. */
  wrongCredentials: z.literal([401, 400, 409]).default(401),
  /** 3.1, 10: when a second factor is asked for, and with which status (200: a flag; else a text). */
  secondFactor: z.enum(['unless-skipped', 'never', 'always']).default('unless-skipped'),
  secondFactorStatus: z.literal([200, 400, 409]).default(200),
  /** 3.1: the login shows the account's id. */
  loginAccount: z.boolean().default(false),

  /** 9, 10: body of errors; in turn when `rotate`. */
  errors: z.enum(['problem', 'pascal-case', 'html', 'text', 'empty', 'rotate']).default('problem'),
  /** 10: body of a 401. */
  unauthorized: z.enum(['empty', 'problem']).default('empty'),
  /** 9, 10: at most so many calls per token and window; `null`: no limit. */
  rateLimit: z.object({ calls: count, seconds: z.number().positive() }).nullable().default(null),
  /** 9, 10: a caller that is told 4xx (but 429) so many times within a window is blocked for a time; `null`: nobody is. */
  block: z
    .object({
      after: count.default(10),
      withinSeconds: z.number().positive().default(60),
      forSeconds: z.number().positive().default(300),
      answer: z.enum(['html', 'drop']).default('html'),
    })
    .nullable()
    .default(null),
});

export type FaciliooOptions = z.infer<typeof optionsSchema>;
export type FaciliooOptionsInput = z.input<typeof optionsSchema>;
