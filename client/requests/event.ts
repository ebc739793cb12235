import type { z } from 'zod';
import { PROVIDERS } from '../../contract/request.ts';
import { ACCOUNT_EVENT_KINDS, type AccountEvent } from '../../contract/runs.ts';
import { reference } from './person.ts';
import { asGiven, check, fields, oneOf } from './rules.ts';
import type { Shape } from './shape.ts';

const event: z.ZodType<AccountEvent> = fields({
  provider: oneOf(PROVIDERS),
  eventId: asGiven(200),
  kind: oneOf(ACCOUNT_EVENT_KINDS),
  accountId: asGiven(200).exactOptional(),
  reference: reference.exactOptional(),
  member: reference.exactOptional(),
} satisfies Shape<AccountEvent>).superRefine(({ kind, accountId, reference, member }, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (accountId === undefined && reference === undefined) {
    refuse('accountId', 'is missing, and so is reference; add the one the sender knows.');
  }
  if (kind === 'memberAccepted' && member === undefined) {
    refuse('member', 'is missing; kind memberAccepted needs it, add it.');
  }
  if (kind !== 'memberAccepted' && member !== undefined) {
    refuse('member', 'belongs to kind memberAccepted only; remove it or change the kind.');
  }
});

/** The event as plain data, or `RequestInvalid` with one sentence per problem. */
export function checkEvent(input: unknown): AccountEvent {
  return check(event, input);
}
