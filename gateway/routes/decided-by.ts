import { printable } from '../../client/requests/rules.ts';
import type { Caller } from '../../contract/scopes.ts';

/** Who goes on record with a decision: the caller, always, and whom the caller names; a name alone could be anybody's. */
export function decidedBy({ name }: Caller, told: string | undefined): string {
  return told === undefined ? name : `${told} (via ${name})`;
}

/** Of a body: the id that the first person got. */
export const confirming = {
  confirm: printable(4000)
    .exactOptional()
    .meta({ description: 'As "confirmation-needed" answered to another caller: what it has asked for is done' }),
};

/** A second person is one with another token. */
export function confirmedBy({ name }: Caller, confirm: string | undefined): { who: string; confirm?: string } {
  return { who: name, ...(confirm !== undefined && { confirm }) };
}
