import { z } from 'zod';

const seconds = z.number().nonnegative();

const sharing = z.object({
  /** In a sharing configuration, with so many receivers at once (10); `null`: not shareable. */
  receivers: z.number().int().positive().nullable().default(5),
});

const candidate = z.strictObject({
  customer_number: z.string(),
  social_security_number: z.string(),
  email: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  mobile_phone_number: z.string().optional(),
  zip_code: z.string().optional(),
  products: z.array(z.object({ product_code: z.string(), valid_to: z.string() })).default([]),
});
export type KnownCustomer = z.infer<typeof candidate>;

/** The scopes that a partner for onboarding holds (2.5). */
const SCOPES = [
  '/external/account/r',
  '/external/account/w',
  '/external/account/archive/w',
  '/external/identity_mapping/w',
  '/external/userproduct/w',
];

/**
 * Everything the contract leaves open or says twice, with its own choice as default. The numbers are its sections.
 * Whatever is not marked as documented there is an assumption, not Payway's behaviour.
 */
export const optionsSchema = z.strictObject({
  /** 2.1: the API user; `disabled` ones can make no request at all (documented). */
  client: z
    .strictObject({
      id: z.string().default('5f1e9b0a6fc9365306000001'),
      secret: z.string().default('sandbox-client-secret'),
      scopes: z.array(z.string()).default(SCOPES),
      name: z.string().default('Sandbox partner'),
      disabled: z.boolean().default(false),
      /** 12 (documented): without a provision service the API user provisions nothing. */
      provisionService: z.string().nullable().default('tulo'),
    })
    .prefault({}),
  /** 2.2, 17.4: whether `client_credentials` is taken as well as `none`. */
  clientCredentials: z.boolean().default(false),
  /** 2.3, 16: lifetime of a token; the pages say 1 hour and 2 hours. */
  tokenSeconds: seconds.default(3600),
  /** 17.3: whether the token answer has `token_type` and `scope`. */
  tokenAnswer: z.enum(['full', 'bare']).default('full'),
  /** 17.1: body of 401 and of 403 for a missing scope. */
  refusals: z.enum(['json', 'empty']).default('json'),
  /** 5.1, 17.11 (documented switch): the organisation's rule; off: `require_verification` has no effect. */
  emailVerification: z.boolean().default(true),
  /** 16: what a creation without `require_verification` makes. */
  createdAs: z.enum(['verified', 'unverified']).default('verified'),
  /** 17.9: status of an account between creation and verification. */
  unverifiedStatus: z.enum(['created', 'active']).default('created'),
  /** 17.10: whether a creation that requires verification makes the request, and its mail, too. */
  requestAtCreation: z.boolean().default(true),
  /** 17.8: lifetime of a verification request, what a second one does, and the shortest time between two (429). */
  verification: z
    .strictObject({
      seconds: seconds.default(86_400),
      repeat: z.enum(['replaces', 'keeps']).default('replaces'),
      resendSeconds: seconds.default(0),
    })
    .prefault({}),
  /** 17.7: status of a wrong or expired confirmation code. */
  wrongCode: z.literal([409, 400, 404]).default(409),
  /** 17.7: what a right code for a verified account gets. */
  verifiedAgain: z.enum(['refused', 'accepted']).default('refused'),
  /** 17.2: status of a taken e-mail or SSN. */
  duplicates: z.literal([409, 400]).default(409),
  /** 17.23: whether e-mail addresses that differ in case only are the same. */
  emailCase: z.enum(['same', 'different']).default('same'),
  /**
   * 5.3: whether a changed address counts as verified; there is no confirmation round. `replaces-when-confirmed`: there is one, and the old
   * address stays until then (9.2).
   */
  changedEmail: z.enum(['stays-verified', 'is-unverified', 'replaces-when-confirmed']).default('stays-verified'),
  /** 5.6: whether archiving frees the e-mail and the SSN. */
  archiveFrees: z.boolean().default(true),
  /** 5.6, 16: one page says that archiving is final, another that PAP can undo it for 30 days. */
  archiving: z.enum(['final', 'undone-in-PAP']).default('final'),
  /** 17.20: whether an archived account keeps its external ids. */
  archivedMappings: z.enum(['end', 'stay']).default('end'),
  /** 17.27: barred in PAP. */
  blacklist: z.array(z.string()).default([]),
  /** 4.1: the name by which an error names the input `email`. */
  emailField: z.enum(['by-call', 'email', 'contact_email']).default('by-call'),
  /** 3.3: the code for `__UNSET__` where it is not supported; not shown. */
  unsetCode: z.string().default('unset_error'),
  /** 3.3: what a `null` is. */
  nulls: z.enum(['refused', 'ignored']).default('refused'),
  /** 14.2, 16: the older page has `^[0-9]{10,11}$`. */
  mobile: z.enum(['current', 'old']).default('current'),
  /** 14.2: whether the size range 10..12 holds on update, where it is not printed. */
  mobileSizeOnUpdate: z.boolean().default(false),
  /** 14.3, 16: what update takes. */
  ssnOnUpdate: z.enum(['hyphen', 'both']).default('hyphen'),
  /** 17.24: whether the check digit of an SSN is looked at. */
  ssnCheck: z.enum(['format', 'luhn']).default('format'),
  /** 17.25: country codes of an address. */
  countries: z.enum(['any', 'SE-FI-AX']).default('any'),
  /** 7.3, 16: `building` of an address, which an older page requires and the current one does not know. */
  building: z.enum(['unknown', 'required']).default('unknown'),
  /** 17.26: whether a password needs letters of both cases, a digit and a sign. */
  passwordRule: z.enum(['length', 'mixed']).default('length'),
  /** 17.28: longest tag, external id key and external id value. */
  longest: z.strictObject({ tag: z.number().default(128), externalId: z.number().default(128) }).prefault({}),
  /** 17.29: what a read shows besides section 6; `address`: one as it was written, not as 7.2 cuts it. */
  shows: z.array(z.enum(['external_ids', 'company_name', 'created_from_source', 'address'])).default([]),
  /** 16: an old page shows the account without `item`. */
  accountBody: z.enum(['item', 'bare']).default('item'),
  /** 17.20: whether two accounts can have one external id (a look-up then answers the first). */
  sharedMappings: z.boolean().default(true),
  /** 9.3 (documented): mail templates can be switched off. */
  mails: z
    .strictObject({
      welcome: z.boolean().default(true),
      verification: z.boolean().default(true),
      passwordReset: z.boolean().default(true),
      emailChange: z.boolean().default(true),
      sharing: z.boolean().default(true),
    })
    .prefault({}),
  /** 9.1, 16: path of the code without a mail; the address of its page and the title disagree. */
  passwordResetPath: z.enum(['create_password_reset', 'create_password_request']).default('create_password_reset'),
  /** 9.1: lifetime of a code for a new password; not documented. */
  passwordResetSeconds: seconds.default(86_400),
  /** 5.8, 16: how a frozen account thaws. */
  frozen: z
    .strictObject({ thaws: z.enum(['by-itself', 'in-PAP']).default('by-itself'), seconds: seconds.default(3600) })
    .prefault({}),
  /** 10, 12: the packages there are, by code. */
  packages: z.record(z.string(), sharing).default({ digital: { receivers: 5 }, single: { receivers: null } }),
  /** 5.7: customers of the subscription system who have no account yet. */
  candidates: z.array(candidate).default([]),
  /** 5.7: whether a customer who has an account by now is a conflict, or no candidate any more. */
  activatedCandidate: z.enum(['conflict', 'unknown']).default('conflict'),
  /** 5.7: only the beginning of the code is known, `alre`. */
  candidateConflict: z.string().default('already_activated'),
  /** 5.7: status of an activated candidate. */
  candidateActivated: z.literal([200, 201]).default(201),
  /** 7.4: the national registry by SSN of 12 digits; `null`: not enabled for the organisation (403, documented). */
  registry: z.record(z.string(), z.record(z.string(), z.string())).nullable().default({}),
});

export type PaywayOptions = z.infer<typeof optionsSchema>;
export type PaywayOptionsInput = z.input<typeof optionsSchema>;
