import type { z } from 'zod';
import { RESOLUTIONS, type Accountable, type Resolution } from '../../contract/progress.ts';
import { check, fields, oneOf, printable, wordsThat } from './rules.ts';
import type { Shape } from './shape.ts';
import { isVisible } from './text.ts';

/** What is decided, and what goes on record with it. */
export interface Verdict extends Accountable {
  action: Resolution;
  /** A decision without one could not be explained later. */
  reason: string;
}

/** The same about many runs, whose dry run needs no reason. */
export type VerdictOnMany = Omit<Verdict, 'reason'> & Partial<Verdict>;

export const action = oneOf(RESOLUTIONS);
/** As a person tells it. */
export const by = printable(100);
/** The gateway adds who told it, and a second person may confirm it. */
const recordedBy = printable(400);
export const reason = wordsThat(
  'must be 1 to 500 characters; correct it.',
  (text) => isVisible(text) && text.length <= 500,
);

/** Who asks and why, of a request that starts something. */
export const onRecord = { by: recordedBy.exactOptional(), reason: reason.exactOptional() } satisfies Shape<Accountable>;

/** The same, as a caller of the gateway tells it. */
export const told = { by: by.exactOptional(), reason: reason.exactOptional() } satisfies Shape<Accountable>;

const accountable: z.ZodType<Accountable> = fields(onRecord);

/** `RequestInvalid` before any run has heard of it. */
export function checkAccountable(input: Accountable): Accountable {
  return check(accountable, input);
}

const verdict: z.ZodType<Verdict> = fields({ action, by: recordedBy.exactOptional(), reason } satisfies Shape<Verdict>);

/** `RequestInvalid` before any run has heard of it. A reason is free text and may name people: it travels and rests encrypted. */
export function checkVerdict(input: Verdict): Verdict {
  return check(verdict, input);
}
