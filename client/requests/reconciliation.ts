import type { z } from 'zod';
import { parseDuration } from '../../contract/duration.ts';
import type { IsoDuration } from '../../contract/duration.ts';
import type { ReconcileInput, ReconcilePolicy } from '../../contract/reconciliation.ts';
import { PROVIDERS, type ProviderName } from '../../contract/request.ts';
import { reference } from './person.ts';
import { duration } from './policy.ts';
import { check, fields, oneOf } from './rules.ts';
import type { Shape } from './shape.ts';

/** Every so often, all of a provider. */
export interface ReconciliationPlan {
  provider: ProviderName;
  every: IsoDuration;
  policy?: Partial<ReconcilePolicy>;
}

const policy = fields({
  pause: duration.exactOptional(),
  readWithin: duration.exactOptional(),
} satisfies Shape<ReconcilePolicy>).exactOptional();

/** Without whose accounts, for callers that name them elsewhere. */
export const reconcileOptions: z.ZodType<Pick<ReconcileInput, 'policy'>> = fields({ policy });

const input: z.ZodType<ReconcileInput> = fields({
  provider: oneOf(PROVIDERS),
  reference: reference.exactOptional(),
  policy,
} satisfies Shape<ReconcileInput>);

/** More often, and one would begin before the provider has recovered from the one before. */
const LEAST = 15 * 60_000;

const asked = {
  every: duration.refine((text) => (parseDuration(text) ?? LEAST) >= LEAST, {
    error: 'must be at least PT15M; choose a longer one.',
  }),
  policy,
} satisfies Shape<Omit<ReconciliationPlan, 'provider'>>;

/** Without the provider, for callers that name it elsewhere. */
export const planOfProvider: z.ZodType<Omit<ReconciliationPlan, 'provider'>> = fields(asked);

const plan: z.ZodType<ReconciliationPlan> = fields({ provider: oneOf(PROVIDERS), ...asked });

/** The input as plain data, or `RequestInvalid` with one sentence per problem. */
export function checkReconcile(value: unknown): ReconcileInput {
  return check(input, value);
}

/** As above. */
export function checkPlan(value: unknown): ReconciliationPlan {
  return check(plan, value);
}
