import type { z } from 'zod';
import type { KnownAccount } from '../../contract/account.ts';
import { DEFAULT_DETAIL, type ReadInput } from '../../contract/reading.ts';
import { account } from './change.ts';
import { duration } from './policy.ts';
import { check, fields, printable, textThat } from './rules.ts';
import type { Shape } from './shape.ts';

/** One look at one customer's account, as a backend asks for it. */
export interface ReadRequest extends KnownAccount {
  /** One of the provider's `reads` (`onboard providers`); `account` by default. */
  what?: string;
  /** What the provider finds it by, where that is not the account: a national ID, a customer number. */
  by?: string;
  /** How long each of the two calls to the provider is tried, an ISO 8601 duration; `PT30S` by default. */
  within?: string;
}

const DEFAULT_WITHIN = 'PT30S';

const request: z.ZodType<ReadRequest> = fields({
  ...account,
  what: textThat(
    'must be 1 to 40 small letters and hyphens, as "onboard read REF --list" names them; correct it.',
    (text) => /^[a-z][a-z-]{0,39}$/.test(text),
  ).exactOptional(),
  by: printable(64).exactOptional(),
  within: duration.exactOptional(),
} satisfies Shape<ReadRequest>);

/** The request as plain data, or `RequestInvalid` with one sentence per problem. Nothing is started by it. */
export function checkReading(input: unknown): ReadInput {
  return { what: DEFAULT_DETAIL, within: DEFAULT_WITHIN, ...check(request, input) };
}
