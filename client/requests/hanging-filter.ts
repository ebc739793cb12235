import type { z } from 'zod';
import { parseDuration } from '../../contract/duration.ts';
import type { AttentionProgress } from '../../contract/progress.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { STAGES } from '../../contract/search-attributes.ts';
import { reference } from './person.ts';
import { duration } from './policy.ts';
import { check, fields, oneOf, textThat } from './rules.ts';
import type { Shape } from './shape.ts';

export interface HangingFilter {
  provider?: string;
  /** Of one customer: its runs, and those of its members. */
  reference?: string;
  /** The step that needs the decision. */
  step?: string;
  /** Why it does: a failure type. */
  code?: string;
  /** ISO 8601: needs it for at least so long. */
  olderThan?: string;
}

export const hangingFields = {
  provider: oneOf(PROVIDERS).exactOptional(),
  reference: reference.exactOptional(),
  step: oneOf(STAGES).exactOptional(),
  code: textThat('must be a failure code such as Unavailable; correct it or leave it out.', (text) =>
    /^[A-Za-z]{1,40}$/.test(text),
  ).exactOptional(),
  olderThan: duration.exactOptional(),
} satisfies Shape<HangingFilter>;

const hangingFilter: z.ZodType<HangingFilter> = fields(hangingFields);

/** Of a decision about many runs. */
export const filterOfMany: z.ZodType<HangingFilter> = hangingFilter.refine((values) => Object.keys(values).length > 0, {
  error: `must have at least one of ${Object.keys(hangingFields).join(', ')}; add one, so that no run is reached that you did not mean.`,
});

export function checkHangingFilter(input: HangingFilter): HangingFilter {
  return check(hangingFilter, input);
}

export function checkFilterOfMany(input: HangingFilter): HangingFilter {
  return check(filterOfMany, input);
}

/** `now` in epoch milliseconds. The provider was asked for by the list. */
export function fits({ step, code, olderThan }: HangingFilter, attention: AttentionProgress, now: number): boolean {
  return (
    (step === undefined || attention.step === step) &&
    (code === undefined || attention.code === code) &&
    (olderThan === undefined || Date.parse(attention.since) + parseDuration(olderThan)! <= now)
  );
}
