import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send, SendOptions } from '../../http/send.ts';
import type { FaciliooConfig } from '../config.ts';
import { toVendor } from '../fields.ts';
import type { FieldNames } from '../fields.ts';
import { itemsOf, pageFrom } from '../paging.ts';
import { accountWith, created } from '../schemas.ts';

/**
 * All that is sent at creation (contract, section 4.2). Theme, colour and the three flags are not: they cannot be set there,
 * or facilioo sets them by itself.
 */
export interface NewAccount {
  email: string;
  partyId: number;
  firstName?: string;
  lastName: string;
  accountGroupId: number;
  externalId: string;
  theme?: number;
}

/** What may change after creation, by an administrator of the same party; party and names never do (sections 4.2 and 4.4). */
export const FLAGS = ['isAdmin', 'canViewAllRepresentations', 'isSupervisor'] as const;
export type AccountFlags = Partial<Record<(typeof FLAGS)[number], boolean>>;

export type AccountFilter = Partial<Pick<NewAccount, 'email' | 'partyId' | 'externalId'>>;

/** Section 4. Of these routes only creation is documented; the others follow the vendor's pattern (section 4.4). */
export function accounts(send: Send, names: FieldNames, form: FaciliooConfig['patch']) {
  const account = accountWith(names);
  return {
    create: async ({ email, partyId, firstName, lastName, accountGroupId, externalId, theme }: NewAccount) =>
      send(at('POST /api/accounts'), created(account), {
        body: toVendor({ email, partyId, firstName, lastName, accountGroupId, externalId, theme }, names),
      }),
    get: (id: string) => send(at('GET /api/accounts/{id}', { id }), account),
    /** The account that the token belongs to. */
    myself: () => send(at('GET /api/accounts/myself'), account),
    list: () => itemsOf(send, { target: at('GET /api/accounts') }, account),
    /** A page of the list, the first without a cursor. */
    page: (cursor?: string) => pageFrom(send, { target: at('GET /api/accounts') }, account, cursor),
    /** Assumption: filters carry the names of the fields. Each hit must be verified: a filter that is not known is ignored. */
    search: (filter: AccountFilter) =>
      itemsOf(send, { target: at('POST /api/accounts/search'), body: toVendor({ ...filter }, names) }, account),
    /** Assumption: the body is a JSON object that is merged into the account (section 10). What is answered proves nothing. */
    patch: async (id: string, { isAdmin, canViewAllRepresentations, isSupervisor }: AccountFlags) => {
      const body = toVendor({ isAdmin, canViewAllRepresentations, isSupervisor }, names);
      return send(at('PATCH /api/accounts/{id}', { id }), none, form === 'json-patch' ? jsonPatch(body) : { body });
    },
  };
}

/** RFC 6902. */
function jsonPatch(values: Record<string, unknown>): SendOptions {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return {
    body: given.map(([name, value]) => ({ op: 'replace', path: `/${name}`, value })),
    type: 'application/json-patch+json',
  };
}
