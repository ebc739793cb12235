import { z } from 'zod';
import {
  CHANGE_KINDS,
  type AccountChange,
  type ChangeFields,
  type ChangeKind,
  type ChangePolicyOverrides,
  type ProfileChanges,
  type RequestedChange,
  type Rights,
} from '../../contract/change.ts';
import { type KnownAccount } from '../../contract/account.ts';
import type { Accountable } from '../../contract/progress.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { onRecord } from './decision.ts';
import { emailField } from './email.ts';
import { inOneForm, member, profile, reference } from './person.ts';
import { changePolicySchema } from './policy.ts';
import { check, fields, flag, oneOf, printable } from './rules.ts';
import type { Shape } from './shape.ts';
import { watchlistItem } from './watchlist.ts';

/** One change of one customer's account, as a backend asks for it; `by` and `reason` of the first asking stay on record in its run. */
export interface ChangeRequest extends KnownAccount, Accountable {
  /** Your own key of the change, `[A-Za-z0-9_-]`, 1 to 64, no personal data: the same again is the same change. */
  changeId: string;
  change: AccountChange;
  /** While another change of the account is under way; `wait` by default. */
  ifBusy?: RequestedChange['ifBusy'];
  /** Counts for the run that this request starts; a run that is open keeps its own. */
  policy?: ChangePolicyOverrides;
}

/** Who holds an account at a provider, in every request about an existing one. */
export const account = {
  provider: oneOf(PROVIDERS),
  reference,
  accountId: printable(64).exactOptional(),
} satisfies Shape<KnownAccount>;

const some = (what: string) => ({
  error: `must have at least one ${what}; add it.`,
});

const profileChanges: z.ZodType<ProfileChanges> = inOneForm(
  fields({
    ...profile,
    firstName: profile.firstName.exactOptional(),
    lastName: profile.lastName.exactOptional(),
  } satisfies Shape<ProfileChanges>).refine((changes) => Object.keys(changes).length > 0, some('field to change')),
);

const rights: z.ZodType<Rights> = fields({
  admin: flag.exactOptional(),
  supervisor: flag.exactOptional(),
  viewAllRepresentations: flag.exactOptional(),
} satisfies Shape<Rights>).refine((changes) => Object.keys(changes).length > 0, some('right'));

const email = emailField('must be an e-mail address; correct it.');
const planId = printable(64);
const item = watchlistItem;

/** The schema of one kind, with each field that the contract gives it. */
function of<Kind extends ChangeKind, Fields extends Shape<ChangeFields[Kind]>>(kind: Kind, shape: Fields) {
  return fields({ kind: z.literal(kind), ...shape });
}

const KINDS = {
  'change-email': of('change-email', { email }),
  'delete-email': of('delete-email', {}),
  'change-supervisor': of('change-supervisor', { supervisorId: printable(64) }),
  'change-rights': of('change-rights', { rights }),
  'set-password': of('set-password', { by: oneOf(['generated', 'reset-mail']) }),
  'upgrade-plan': of('upgrade-plan', { planId }),
  'downgrade-plan': of('downgrade-plan', { planId }),
  'update-profile': of('update-profile', { profile: profileChanges }),
  activate: of('activate', {}),
  deactivate: of('deactivate', {}),
  'ssn-monitoring-on': of('ssn-monitoring-on', {}),
  'ssn-monitoring-off': of('ssn-monitoring-off', {}),
  'add-watchlist-item': of('add-watchlist-item', { item }),
  'remove-watchlist-item': of('remove-watchlist-item', { item }),
  'add-member': of('add-member', { member }),
  'remove-member': of('remove-member', { member }),
  'invite-member': of('invite-member', { member }),
} satisfies { [Kind in ChangeKind]: z.ZodType<Extract<AccountChange, { kind: Kind }>> };

const [first, ...others] = Object.values(KINDS);
const change: z.ZodType<AccountChange> = z.discriminatedUnion('kind', [first!, ...others], {
  error: ({ input }) =>
    input === undefined
      ? 'is missing; add it.'
      : typeof input === 'object' && input !== null
        ? `must be one of ${CHANGE_KINDS.join(', ')}; correct it.`
        : 'must be an object; correct it.',
});

const asked = {
  accountId: account.accountId,
  changeId: reference,
  change,
  ifBusy: oneOf(['wait', 'refuse']).exactOptional(),
  policy: changePolicySchema.exactOptional(),
  ...onRecord,
} satisfies Shape<Omit<ChangeRequest, 'provider' | 'reference'>>;

/** Without the customer, for callers that name it elsewhere. */
export const changeOfCustomer: z.ZodType<Omit<ChangeRequest, 'provider' | 'reference'>> = fields(asked);

const request: z.ZodType<ChangeRequest> = fields({ ...account, ...asked });

/** The request as plain data, or `RequestInvalid` with one sentence per problem. Nothing is started by it. */
export function checkChange(input: unknown): ChangeRequest {
  return check(request, input);
}
