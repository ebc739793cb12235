import { RUN_TYPES, type RunAddress } from '../contract/ids.ts';
import { RequestInvalid } from '../client/index.ts';

/**
 * `reference`, `provider/reference[/member]`, `change/provider/reference`, `offboarding/provider/reference`, `erasure/provider/reference`, or a workflow id as the Temporal
 * UI shows it. The parts are checked by the client.
 */
export function parseReference(text: string, provider: string): RunAddress {
  const parts = text.split(/[./]/);
  const type = (parts.length > 2 && RUN_TYPES.find((one) => one === parts[0])) || 'onboarding';
  if (parts.length > 2 && parts[0] === type) parts.shift();
  if (parts.length === 4 && parts[2] === 'member') parts.splice(2, 1);
  const [first, second, member, ...rest] = parts;
  if (first === undefined || rest.length > 0 || (member !== undefined && type !== 'onboarding')) {
    throw new RequestInvalid([
      'REF: must be PROVIDER/REFERENCE, PROVIDER/REFERENCE/MEMBER, change/PROVIDER/REFERENCE, offboarding/PROVIDER/REFERENCE, erasure/PROVIDER/REFERENCE or REFERENCE; correct it.',
    ]);
  }
  if (second === undefined) return { type, provider, reference: first };
  return { type, provider: first, reference: second, ...(member !== undefined && { member }) };
}

/** For commands about the customer's own run, so that a member's name is not dropped in silence. */
export function customerOnly({ type, provider, reference, member }: RunAddress): {
  provider: string;
  reference: string;
} {
  if (type !== 'onboarding') {
    throw new RequestInvalid([`REF: must name a customer for this command; leave "${type}" out.`]);
  }
  if (member === undefined) return { provider, reference };
  throw new RequestInvalid(['REF: must name a customer, not a member, for this command; leave the member out.']);
}
