import type { Caller } from '../../contract/scopes.ts';

/** Who goes on record with a decision: the caller, always, and whom the caller names; a name alone could be anybody's. */
export function decidedBy({ name }: Caller, told: string | undefined): string {
  return told === undefined ? name : `${told} (via ${name})`;
}
