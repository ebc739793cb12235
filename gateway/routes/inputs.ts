import { z } from 'zod';
import { IDENTIFICATION_OUTCOMES } from '../../contract/activities.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { told } from '../../client/requests/decision.ts';
import { member, reference } from '../../client/requests/person.ts';
import { requestSchema } from '../../client/requests/onboarding.ts';
import { fields, oneOf, printable, textThat } from '../../client/requests/rules.ts';

const provider = oneOf(PROVIDERS);

/** Where a customer's run is, and where a member's. */
export const RUN = '/onboardings/:provider/:reference';
export const MEMBER = `${RUN}/members/:member`;
export const providerParams = fields({ provider });
export const runParams = fields({ provider, reference });
/** An existing account: its changes, which are one run, and its end. */
export const ACCOUNT = '/accounts/:provider/:reference';
export const CHANGES = `${ACCOUNT}/changes`;
export const ERASURE = `${ACCOUNT}/erasure`;
export const OFFBOARDING = `${ACCOUNT}/offboarding`;
export const changeParams = fields({ provider, reference, changeId: reference });
export const memberParams = fields({ provider, reference, member: reference });

export const startBody = requestSchema.meta({ id: 'OnboardingRequest' });
export const addMemberBody = member.meta({ id: 'MemberRequest' });

const eventId = textThat(
  'must be the sender’s id of the event, 1 to 128 letters, digits, ".", "_", ":" or "-"; correct it.',
  (value) => /^[A-Za-z0-9._:-]{1,128}$/.test(value),
);

export const instant = textThat(
  'must be an ISO 8601 instant in UTC such as 2026-12-01T08:00:00Z; correct it or leave it out.',
  (value) => z.iso.datetime().safeParse(value).success,
);

export const emailVerifiedBody = fields({ eventId, at: instant.exactOptional() });
export const eidCompletedBody = fields({
  eventId,
  identificationId: printable(200).exactOptional(),
  outcome: oneOf(IDENTIFICATION_OUTCOMES).exactOptional(),
});
export const memberAcceptedBody = fields({ eventId, member: reference });
export const confirmEmailBody = fields({ code: printable(64) });

/** Of the customer's run, or with `member` of that member's. */
export const ofMember = { member: reference.exactOptional() };

export const correctBody = fields({
  path: textThat('must name one value, such as person.email; correct it.', (value) =>
    /^[A-Za-z0-9_.[\]-]{1,100}$/.test(value),
  ),
  value: printable(500),
  ...ofMember,
});

/** Who cancels and why, where the caller says so. */
export const cancelBody = fields(told).nullish().meta({ id: 'Cancel' });

/** A number in a query. */
export function wholeQuery(least: number, most: number): z.ZodCoercedNumber {
  const error = `must be a whole number from ${least} to ${most}; correct it or leave it out.`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}
