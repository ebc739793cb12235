import type { z } from 'zod';
import { parseDuration } from '../../contract/duration.ts';
import type { ChangePolicyOverrides } from '../../contract/change.ts';
import { UNDO_MODES, type Policy, type PolicyOverrides, type WaitPolicy } from '../../contract/policy.ts';
import { fields, list, oneOf, textThat, whole } from './rules.ts';
import type { Shape } from './shape.ts';

/** Ten years: a timer beyond it is a slip of the pen. */
const LONGEST = 3650 * 24 * 3600 * 1000;

const within = (text: string, least: number): boolean => {
  const ms = parseDuration(text);
  return ms !== undefined && ms >= least && ms <= LONGEST;
};

export const duration = textThat(
  'must be an ISO 8601 duration of at most P3650D, such as P14D or PT10M; correct it.',
  (text) => within(text, 0),
);
/** Without a least pace a poll would spin, and Temporal takes a limit of nothing for none at all. */
export const pace = textThat('must be an ISO 8601 duration from PT1S to P3650D, such as PT10M; correct it.', (text) =>
  within(text, 1000),
);
const undoMode = oneOf(UNDO_MODES);

/** Of a wait for a person. */
const wait = {
  firstPoll: pace.exactOptional(),
  maxPoll: pace.exactOptional(),
  reminders: list(duration, 20).exactOptional(),
  deadline: pace.exactOptional(),
} satisfies Shape<WaitPolicy>;

export const attention = fields({
  after: pace.exactOptional(),
  retryEvery: pace.exactOptional(),
  deadline: pace.exactOptional(),
} satisfies Shape<Policy['attention']>);

export const changePolicySchema: z.ZodType<ChangePolicyOverrides> = fields({
  emailChanged: fields(wait).exactOptional(),
  memberAccepted: fields(wait).exactOptional(),
  attention: attention.exactOptional(),
  undoWithin: pace.exactOptional(),
  resendEvery: duration.exactOptional(),
} satisfies Shape<ChangePolicyOverrides>);

const emailVerified = fields({
  ...wait,
  atDeadline: undoMode.exactOptional(),
} satisfies Shape<Policy['emailVerified']>);
const identification = fields({
  ...wait,
  attempts: whole(1, 100).exactOptional(),
} satisfies Shape<Policy['identification']>);

export const policySchema: z.ZodType<PolicyOverrides> = fields({
  emailVerified: emailVerified.exactOptional(),
  identification: identification.exactOptional(),
  memberAccepted: fields(wait).exactOptional(),
  attention: attention.exactOptional(),
  undoWithin: pace.exactOptional(),
  atAbort: undoMode.exactOptional(),
  resendEvery: duration.exactOptional(),
} satisfies Shape<PolicyOverrides>);
