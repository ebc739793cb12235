import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { toVendor } from '../fields.ts';
import type { FieldNames } from '../fields.ts';
import { itemsOf } from '../paging.ts';
import { created, partyWith } from '../schemas.ts';

/** The type of a tenant's, an owner's or a resident's party: it holds one account (contract, sections 4.1 and 6.1). */
export const USER = 7;
/** Pool managers and contractors: only their accounts can be supervisors (section 4.2, row 10). */
export const WITH_SUPERVISORS = [3, 5];

export interface NewParty {
  accountRole: number;
  primaryName?: string;
  secondaryName: string;
  partyExternalId: string;
  /** At least one of these two: a push message alone is not allowed (section 6.2). */
  contactByEmail: boolean;
  contactByMail: boolean;
  contactByPush: boolean;
}

/** Section 6. Only creation is documented, and without names: see FACILIOO_CREATE_PARTIES. */
export function parties(send: Send, names: FieldNames) {
  const party = partyWith(names);
  return {
    create: async (values: NewParty) =>
      send(at('POST /api/parties'), created(party), { body: toVendor({ ...values }, names) }),
    get: (id: string) => send(at('GET /api/parties/{id}', { id }), party),
    list: () => itemsOf(send, { target: at('GET /api/parties') }, party),
    search: (filter: { partyExternalId: string }) =>
      itemsOf(send, { target: at('POST /api/parties/search'), body: toVendor(filter, names) }, party),
  };
}
