/** Where ids are built and parsed. No other place formats one. A part is `[A-Za-z0-9_-]`, 1 to 64 characters, so an id needs no quoting anywhere. */
const PART = /^[A-Za-z0-9_-]{1,64}$/;

export interface OnboardingAddress {
  provider: string;
  reference: string;
  /** Present when the id names a member's child workflow. */
  member?: string;
}

/** The runs that are about one customer, and that people look for, decide on and end. */
export const RUN_TYPES = ['onboarding', 'change', 'offboarding', 'erasure'] as const;
export type RunType = (typeof RUN_TYPES)[number];

export interface RunAddress extends OnboardingAddress {
  type: RunType;
}

export function isIdPart(text: string): boolean {
  return PART.test(text);
}

export function onboardingId(provider: string, reference: string): string {
  return `onboarding.${part('provider', provider)}.${part('reference', reference)}`;
}

/** What the ids of all members of a customer begin with. */
export function memberPrefix(provider: string, reference: string): string {
  return `${onboardingId(provider, reference)}.member.`;
}

export function memberId(provider: string, reference: string, member: string): string {
  return `${memberPrefix(provider, reference)}${part('member', member)}`;
}

/** All changes of one account are one run: two at a time would undo each other. */
export function changeRunId(provider: string, reference: string): string {
  return `change.${part('provider', provider)}.${part('reference', reference)}`;
}

export function offboardingId(provider: string, reference: string): string {
  return `offboarding.${part('provider', provider)}.${part('reference', reference)}`;
}

/** Deletes what Temporal keeps of the customer's runs. */
export function erasureId(provider: string, reference: string): string {
  return `erasure.${part('provider', provider)}.${part('reference', reference)}`;
}

/** `digest` is a hash of the sender's event id, so that a repeated delivery is the same run. */
export function deliveryId(provider: string, digest: string): string {
  return `event.${part('provider', provider)}.${part('digest', digest)}`;
}

/** Without a reference the run is about all accounts of the provider. */
export function reconciliationId(provider: string, reference?: string): string {
  const scope = reference === undefined ? '' : `.${part('reference', reference)}`;
  return `reconciliation.${part('provider', provider)}${scope}`;
}

/** Each look at an account is a run of its own; `look` is a random part. */
export function readingId(provider: string, reference: string, look: string): string {
  return `${readingsPrefix(provider, reference)}${part('look', look)}`;
}

/** What the ids of all looks at an account begin with, and no other's. */
export function readingsPrefix(provider: string, reference: string): string {
  return `reading.${part('provider', provider)}.${part('reference', reference)}.`;
}

/** The parts of an id made here, or `undefined` when the id is somebody else's. */
export function parseOnboardingId(id: string): OnboardingAddress | undefined {
  const [head, provider, reference, infix, member, ...rest] = id.split('.');
  if (head !== 'onboarding' || rest.length > 0) return undefined;
  if (!isIdPart(provider ?? '') || !isIdPart(reference ?? '')) return undefined;
  if (infix === undefined) return { provider: provider!, reference: reference! };
  return infix === 'member' && isIdPart(member ?? '')
    ? { provider: provider!, reference: reference!, member: member! }
    : undefined;
}

/** The id of any of a customer's runs. */
export function runId({ type, provider, reference, member }: RunAddress): string {
  if (type === 'change') return changeRunId(provider, reference);
  if (type === 'offboarding') return offboardingId(provider, reference);
  if (type === 'erasure') return erasureId(provider, reference);
  return member === undefined ? onboardingId(provider, reference) : memberId(provider, reference, member);
}

/** The parts of `runId`, or `undefined` when the id is of none of these runs. */
export function parseRunId(id: string): RunAddress | undefined {
  const onboarding = parseOnboardingId(id);
  if (onboarding) return { type: 'onboarding', ...onboarding };
  const [head, provider = '', reference = '', ...rest] = id.split('.');
  const type = RUN_TYPES.find((one) => one === head);
  if (!type || type === 'onboarding' || rest.length > 0) return undefined;
  return isIdPart(provider) && isIdPart(reference) ? { type, provider, reference } : undefined;
}

/** The reference in the id of any run that is about one customer. */
export function referenceOf(id: string): string | undefined {
  const [head, , reference] = id.split('.');
  return RUN_TYPES.some((type) => type === head) ? reference : undefined;
}

/** Whose account a run is about: any but a delivery, and a reconciliation of all accounts. */
export function customerOf(id: string): { provider: string; reference: string } | undefined {
  const [head, provider = '', reference = ''] = id.split('.');
  const about = [...RUN_TYPES, 'reconciliation', 'reading'].some((type) => type === head);
  return about && isIdPart(provider) && isIdPart(reference) ? { provider, reference } : undefined;
}

/** Programming error, not user input: callers validate first. The text is not repeated, it may be personal data. */
function part(name: string, text: string): string {
  if (!PART.test(text)) throw new TypeError(`${name} must match [A-Za-z0-9_-]{1,64}`);
  return text;
}
