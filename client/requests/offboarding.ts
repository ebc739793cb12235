import type { z } from 'zod';
import type { OffboardingRequest } from '../../contract/offboarding.ts';
import { account } from './change.ts';
import { onRecord } from './decision.ts';
import { attention, duration, pace } from './policy.ts';
import { check, fields } from './rules.ts';
import type { Shape } from './shape.ts';

const policy = fields({
  attention: attention.exactOptional(),
  undoWithin: pace.exactOptional(),
  eraseAfter: duration.exactOptional(),
} satisfies Shape<NonNullable<OffboardingRequest['policy']>>);

const asked = {
  accountId: account.accountId,
  keepFor: duration.exactOptional(),
  policy: policy.exactOptional(),
  ...onRecord,
} satisfies Shape<Omit<OffboardingRequest, 'provider' | 'reference'>>;

/** Without the customer, for callers that name it elsewhere. */
export const offboardingOfCustomer: z.ZodType<Omit<OffboardingRequest, 'provider' | 'reference'>> = fields(asked);

const request: z.ZodType<OffboardingRequest> = fields({ ...account, ...asked });

/** The request as plain data, or `RequestInvalid` with one sentence per problem. Nothing is started by it. */
export function checkOffboarding(input: unknown): OffboardingRequest {
  return check(request, input);
}
