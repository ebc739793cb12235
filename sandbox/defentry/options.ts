import { z } from 'zod';

const seconds = z.number().nonnegative();

const plan = z.object({
  /** SSN monitoring is part of the plan (3.8). */
  monitoring: z.boolean().default(true),
  /** How many members the plan takes (3.4). */
  members: z.number().int().nonnegative().default(10),
  /** How many items each watchlist of an account takes (9.9). */
  watchlistItems: z.number().int().nonnegative().default(10),
});

/**
 * Everything the contract leaves open, with the contract's own assumption as default. The numbers are its sections.
 * Whatever is not marked as documented there is an assumption, not Defentry's behaviour.
 */
export const optionsSchema = z.strictObject({
  /** 1.1, 3.1 (documented switch): `ssn` is required at creation. */
  ssnRequired: z.boolean().default(true),
  /** 1.1, 2.1 (documented switch API_NORMALIZE_ALL): standardized format whatever the header says. */
  normalizeAll: z.boolean().default(false),
  /** 2.3: other codes of the error envelope, by status; those of 409 and 5xx are not documented. */
  errorCodes: z.record(z.string(), z.string()).default({}),
  /** 2.3: status of `VALIDATION_ERROR`. */
  validationStatus: z.literal([422, 400]).default(422),
  /** 9.4: whether a validation error names its fields. */
  validationDetails: z.boolean().default(true),
  /** 2.4: which of the four legacy error shapes; in turn by default. */
  legacyErrors: z.union([z.literal('rotate'), z.literal([1, 2, 3, 4])]).default('rotate'),
  /** 2.2: how legacy writes booleans. */
  legacyBooleans: z.enum(['number', 'digit', 'word']).default('number'),
  /** 3.1: `plan_id` is required at creation. */
  planBilling: z.boolean().default(false),
  /** 3.7, 3.8: the plans there are, by id. */
  plans: z.record(z.string(), plan).default({
    1: { monitoring: true, members: 10, watchlistItems: 10 },
    2: { monitoring: false, members: 0, watchlistItems: 10 },
  }),
  /** 3.1, 9.4: the SSN as the tenant takes it; the default is Sweden's, without check digit. */
  ssnPattern: z.string().default(String.raw`^\d{8}-?\d{4}$`),
  /** 3.5: name of our own reference in bodies; not shown in the documents. */
  externalIdField: z.string().default('external_id'),
  /** 3.9: the token of the routes without an id in the path; password is documented for both. */
  idlessRoutes: z.enum(['both', 'crm', 'app']).default('both'),
  /** 3.7, 9.8: whether an account is inactive until the link in its mail was clicked. */
  confirmation: z.enum(['required', 'none']).default('required'),
  /** 9.8: what `change-email` does until the new address is confirmed: the account is inactive, is active, or still has the old address. */
  changedEmail: z.enum(['deactivates', 'keeps-active', 'replaces-when-confirmed']).default('deactivates'),
  /** 1.5: the address that the SSO routes know an account by. */
  ssoEmail: z.enum(['current', 'created-with']).default('current'),
  /** 3.8: whether monitoring starts on by itself as soon as plan and SSN are there. */
  monitoringStarts: z.enum(['by-itself', 'on-request']).default('by-itself'),
  /** 9.3: whether an account shows its SSN. */
  ssnVisibility: z.enum(['omitted', 'masked', 'full']).default('omitted'),
  /** 9.3: fields that the account object does not have. */
  hiddenFields: z.array(z.string()).default(['supervisor_id']),
  /** 9.3: type of `id`. */
  idType: z.enum(['integer', 'string']).default('integer'),
  /** 9.4: status of a creation with a taken e-mail, SSN or external id. */
  duplicates: z.literal([422, 409]).default(422),
  /** 9.6: how the uniqueness check tells; `conflict` and `invalid` are a 409 and a 422 for what is taken. */
  uniqueness: z.enum(['is_unique', 'unique', 'exists', 'is_taken', 'conflict', 'invalid']).default('is_unique'),
  /** 9.7: where the look-up by SSN has the id. */
  ssnLookup: z.enum(['data.id', 'id', 'data']).default('data.id'),
  /** 9.7: whether it knows an SSN in the other form too; `last-ten`: also that of a birth a hundred years before. */
  ssnLookupForms: z.enum(['any', 'as-created', 'last-ten']).default('any'),
  /** 9.7: how lists come: in pages that `links` or only `meta` tell of, or whole, under `data` or bare. */
  lists: z.enum(['links', 'meta', 'whole', 'bare']).default('links'),
  /** 9.7: status of an unknown account id. */
  unknownAccount: z.literal([404, 403]).default(404),
  /** 9.8: field of the activation status. */
  activationStatus: z.enum(['is_active', 'status', 'activation_status']).default('is_active'),
  /** 9.8: whether updates, activation, plan and monitoring answer the account or nothing. */
  commandAnswers: z.enum(['account', 'nothing']).default('account'),
  /** 3.6: whether a `PUT` leaves what it is not given, or clears it; a name stays. */
  puts: z.enum(['merge', 'replace']).default('merge'),
  /** 9.8: status of switching monitoring on without an SSN. */
  monitoringWithoutSsn: z.literal([409, 422]).default(409),
  /** 9.8: status of a change to the plan that the account has. */
  samePlan: z.literal([409, 200]).default(409),
  /** 2.5, 9.8: what a creation of an account or a member answers: the object, its id alone, or nothing. */
  creationAnswers: z.enum(['account', 'id', 'nothing']).default('account'),
  /**
   * 3.4, 9.8: what a member is. `accounts`: an account of its own, with an external id, removed as one · `plain`: a person on the account's list,
   * with an id of that list, which no account look-up knows and no documented route removes.
   */
  members: z.enum(['accounts', 'plain']).default('accounts'),
  /** 3.4, 9.8: how a list of members shows that the invitation was accepted. */
  acceptance: z.enum(['invitation_status', 'status', 'accepted_at', 'is_active']).default('invitation_status'),
  /** 9.8: what names the member to be invited. */
  inviteBy: z.enum(['either', 'member_id', 'email']).default('either'),
  /** 9.8: status of a confirmation mail that is sent, and of one for an address that is confirmed. */
  resendStatus: z.literal([204, 200]).default(204),
  confirmedResend: z.literal([204, 409]).default(204),
  /** 9.8: status of a removal. */
  deleteStatus: z.literal([204, 200, 202]).default(204),
  /** 9.8: whether a deleted account's e-mail, SSN and external id are free again. */
  deleteFrees: z.boolean().default(true),
  /** 9.8: shortest time between two confirmation mails of an account; 0: no limit. */
  resendSeconds: seconds.default(0),
  /** 9.9: status of adding a watchlist item that exists. */
  watchlistDuplicates: z.literal([409, 422]).default(409),
  /** 5: spelling of the driver's-licence list. */
  licenceWatchlist: z.string().default('drivers-license'),
  /** 9.2: status of a token of the wrong kind, of a failed login, and of an SSO call for an address without an account. */
  wrongToken: z.literal([403, 401]).default(403),
  loginFailure: z.literal([401, 403, 422]).default(401),
  ssoUnknown: z.literal([404, 401, 422]).default(404),
  /** 9.2: where `/sso/code` has the code. */
  codePlace: z.enum(['top', 'data']).default('top'),
  /** 9.2: lifetimes in seconds. */
  tokens: z
    .object({
      crm: seconds.default(3600),
      crmKept: seconds.default(86_400),
      app: seconds.default(3600),
      code: seconds.default(60),
      /** Whether a login leaves the tokens of earlier ones alive. */
      concurrent: z.boolean().default(true),
    })
    .prefault({}),
  /** 9.1: the eID stand-in; Defentry's own routes are not known. */
  eid: z
    .object({
      start: z.string().default('/api/v1/eid-stand-in/sessions'),
      read: z.string().default('/api/v1/eid-stand-in/sessions/:eid_id'),
      /** Names of its fields. */
      provider: z.string().default('provider'),
      returnUrl: z.string().default('return_url'),
      redirectUrl: z.string().default('redirect_url'),
      status: z.string().default('status'),
      seconds: seconds.default(600),
    })
    .prefault({}),
  /** 9.10: at most so many calls per token and window; `null`: no limit. */
  rateLimit: z.object({ calls: z.number().int().positive(), seconds: z.number().positive() }).nullable().default(null),
  /** 1.3, 1.5: what the partner logs in with. */
  credentials: z
    .object({
      username: z.string().default('service@partner.example'),
      password: z.string().default('sandbox-password'),
      clientId: z.string().default('sandbox-client'),
      clientSecret: z.string().default('sandbox-client-secret'),
    })
    .prefault({}),
});

export type DefentryOptions = z.infer<typeof optionsSchema>;
export type DefentryOptionsInput = z.input<typeof optionsSchema>;
