import { ApplicationFailure } from '@temporalio/workflow';
import { parseDuration } from '../../contract/duration.ts';
import { isIdPart } from '../../contract/ids.ts';
import type { ErasureInput } from '../../contract/erasure.ts';
import type { ReconcileInput } from '../../contract/reconciliation.ts';
import { PROVIDERS, type MemberRequest, type Person } from '../../contract/request.ts';
import { instantOf } from './time.ts';

/** `Busy`: the same may be asked again later. `OtherRun`: the run it was meant for has ended. */
export type RefusalReason = 'UpdateRefused' | 'Busy' | 'OtherRun';

/** Refuses an update: the sentence reaches the caller and leaves nothing in the history. No personal data in it. */
export function refuse(sentence: string, reason: RefusalReason = 'UpdateRefused'): never {
  throw ApplicationFailure.nonRetryable(sentence, reason);
}

/** Hand-written, because a schema library costs every cached run 16 times the memory. Callers have validated before. */
export function isMemberRequest(value: unknown): value is MemberRequest {
  return isObject(value) && typeof value.reference === 'string' && isIdPart(value.reference) && isPerson(value.person);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 500;
}

/** A reconciliation that was started by hand, and wrongly, ends at once instead of trying for ever. */
export function mustBeReconcilable({ provider, reference, policy = {} }: ReconcileInput): void {
  const known = PROVIDERS.some((one) => one === provider) && (reference === undefined || isIdPart(reference));
  const times = Object.values(policy).every((duration) => parseDuration(duration) !== undefined);
  if (known && times) return;
  const sentence = 'The input names no provider, no reference in our form, or no ISO 8601 duration in its policy.';
  throw ApplicationFailure.nonRetryable(sentence, 'RequestRefused');
}

/** The same of an erasure. */
export function mustBeErasable({ provider, reference, before, eraseAfter }: ErasureInput): void {
  const known = PROVIDERS.some((one) => one === provider) && isIdPart(reference);
  if (known && !Number.isNaN(instantOf(before)) && parseDuration(eraseAfter) !== undefined) return;
  const sentence = 'The input names no provider, no reference in our form, no instant, or no ISO 8601 duration.';
  throw ApplicationFailure.nonRetryable(sentence, 'RequestRefused');
}

const PERSON = {
  firstName: 'needed',
  lastName: 'needed',
  email: 'optional',
  phone: 'optional',
  ssn: 'optional',
  countryCode: 'optional',
  languageCode: 'optional',
  birthDate: 'optional',
} satisfies Record<keyof Person, 'needed' | 'optional'>;

function isPerson(value: unknown): value is Person {
  return (
    isObject(value) &&
    Object.entries(PERSON).every(
      ([field, need]) => isText(value[field]) || (need === 'optional' && value[field] === undefined),
    )
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
