import { z } from 'zod';
import {
  ACCOUNT_KINDS,
  EID_SCHEMES,
  PROVIDERS,
  THEMES,
  type Company,
  type ExistingCustomer,
  type IdentificationRequest,
  type MemberRequest,
  type OnboardingRequest,
  type PostalAddress,
} from '../../contract/request.ts';
import { countryCode, member, person, reference } from './person.ts';
import { policySchema } from './policy.ts';
import { check, fields, flag, list, oneOf, printable, textThat } from './rules.ts';
import type { Shape } from './shape.ts';
import { watchlistItem } from './watchlist.ts';

/** A member is a child workflow; Temporal advises to stay below 500 pending ones. */
const MOST_MEMBERS = 100;
const MOST_WATCHLIST_ITEMS = 100;
/** Tags and external ids: no vendor states a limit; enough for any use that is documented. */
const MOST_LABELS = 50;

export const company = {
  name: printable(200),
  organizationNumber: printable(30),
} satisfies Shape<Company>;
export const address = {
  street: printable(200),
  streetNumber: printable(30).exactOptional(),
  staircase: printable(30).exactOptional(),
  floor: printable(30).exactOptional(),
  apartment: printable(30).exactOptional(),
  apartmentNumber: printable(30).exactOptional(),
  careOf: printable(200).exactOptional(),
  zipCode: printable(16),
  city: printable(100),
  countryCode,
} satisfies Shape<PostalAddress>;
export const existingCustomer = {
  customerNumber: printable(64),
  zipCode: printable(16).exactOptional(),
} satisfies Shape<ExistingCustomer>;
export const planId = printable(64);
export const holderId = printable(64);
export const label = printable(1024);
const externalIds = z
  .record(printable(128), printable(128), 'must be an object of texts; correct it.')
  .refine((ids) => Object.keys(ids).length <= MOST_LABELS, {
    error: `must have at most ${MOST_LABELS} entries; correct it.`,
  });
export const returnUrl = textThat('must be an https address (http only on localhost); correct it.', isReturnUrl);
const identification = fields({ scheme: oneOf(EID_SCHEMES), returnUrl } satisfies Shape<IdentificationRequest>);

export const requestSchema: z.ZodType<OnboardingRequest> = fields({
  provider: oneOf(PROVIDERS),
  reference,
  kind: oneOf(ACCOUNT_KINDS),
  person,
  company: fields(company).exactOptional(),
  address: fields(address).exactOptional(),
  planId: planId.exactOptional(),
  holderId: holderId.exactOptional(),
  existingCustomer: fields(existingCustomer).exactOptional(),
  awaitEmailVerified: flag.exactOptional(),
  members: list(member, MOST_MEMBERS).exactOptional(),
  identification: identification.exactOptional(),
  ssnMonitoring: flag.exactOptional(),
  watchlists: list(watchlistItem, MOST_WATCHLIST_ITEMS).exactOptional(),
  tags: list(printable(128), MOST_LABELS).exactOptional(),
  accountOrigin: label.exactOptional(),
  createdFromSource: label.exactOptional(),
  externalIds: externalIds.exactOptional(),
  requireVerification: flag.exactOptional(),
  theme: oneOf(THEMES).exactOptional(),
  policy: policySchema.exactOptional(),
} satisfies Shape<OnboardingRequest>).superRefine((asked, context) => {
  const refuse = (message: string, ...path: PropertyKey[]) => context.addIssue({ code: 'custom', path, message });
  if (asked.kind === 'business' && asked.company === undefined)
    refuse('is missing; kind business needs it, add it.', 'company');
  if (asked.kind !== 'business' && asked.company !== undefined) {
    refuse('belongs to kind business only; remove it or change the kind.', 'company');
  }
  if (asked.kind === 'single' && asked.members !== undefined && asked.members.length > 0) {
    refuse('belong to kind family or business only; remove them or change the kind.', 'members');
  }
  const references = asked.members?.map((one) => one.reference) ?? [];
  for (const [index, one] of references.entries()) {
    if (references.indexOf(one) < index) {
      refuse('repeats the reference of an earlier member; give each member its own.', 'members', index, 'reference');
    }
  }
});

function isReturnUrl(text: string): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}

/** The request as plain data, or `RequestInvalid` with one sentence per problem. Nothing is started by it. */
export function checkRequest(input: unknown): OnboardingRequest {
  return check(requestSchema, input);
}

export function checkMember(input: unknown): MemberRequest {
  return check(member, input);
}
