import type { OnboardingRequest } from '../../../contract/request.ts';
import { HttpError, isHttpError } from '../../http/errors.ts';
import { partyBody } from '../body.ts';
import type { FaciliooClient } from '../client.ts';
import type { FaciliooConfig } from '../config.ts';
import { findIn, ifReadable } from '../lookup.ts';
import { USER } from '../resources/parties.ts';
import type { Party } from '../schemas.ts';

const WHOLE = { whole: true };

/** The party that a request's account belongs to. */
export function partyOf({ parties }: FaciliooClient, config: FaciliooConfig) {
  const find = findIn(parties, carries, config);

  return {
    /** Named by the request or configured; `undefined` when one is to be made. */
    named: ({ holderId }: OnboardingRequest): number | undefined =>
      holderId === undefined ? config.partyId : Number(holderId),

    /** Whether it is of type User and so holds one account only. Where its type cannot be read, the creation will tell. */
    holdsOne: async (partyId: number): Promise<boolean> => (await typeOf(partyId)) === USER,
    typeOf,

    /**
     * A party of the request's own, made once: it carries our reference, and is looked for before and after a refusal. A search that shows
     * nothing proves nothing (contract, section 10), and a party cannot be taken back: the list is read whole before one is made.
     */
    async own(request: OnboardingRequest): Promise<number> {
      const proposed = config.search ? await look(request.reference) : undefined;
      const there = proposed ?? (await look(request.reference, WHOLE));
      if (there) return Number(there.id);
      try {
        const made = (await parties.create(partyBody(request))) ?? (await look(request.reference, WHOLE));
        if (made?.externalId === request.reference) return Number(made.id);
        throw differs(made);
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        const landed = await look(request.reference, WHOLE);
        if (landed) return Number(landed.id);
        throw error;
      }
    },
  };

  async function typeOf(partyId: number): Promise<number | undefined> {
    return (await ifReadable(parties.get(String(partyId))))?.accountRole ?? undefined;
  }

  async function look(partyExternalId: string, options?: typeof WHOLE): Promise<Party | undefined> {
    return (await find([{ partyExternalId }], options)).at(0);
  }
}

function carries({ accountRole, externalId }: Party, { partyExternalId }: { partyExternalId: string }): boolean {
  return externalId === partyExternalId && (accountRole == null || accountRole === USER);
}

function differs(made: Party | undefined): HttpError {
  const facts = { provider: 'facilioo', route: 'POST /api/parties' } as const;
  return made
    ? new HttpError('ContractViolation', { ...facts, vendorCode: 'PARTY_DIFFERS', fields: ['partyExternalId'] })
    : new HttpError('UnknownOutcome', facts);
}
