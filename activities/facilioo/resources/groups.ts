import { z } from 'zod';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { itemsOf } from '../paging.ts';
import { accountGroup } from '../schemas.ts';

/** Account groups (contract, section 7). Documented: `batch`, open to almost every caller. */
export function groups(send: Send) {
  return {
    list: () => itemsOf(send, { target: at('GET /api/account-groups') }, accountGroup),
    get: (id: string) => send(at('GET /api/account-groups/{id}', { id }), accountGroup),
    /** Without those that the caller may not see. */
    batch: (ids: number[]) =>
      send(at('POST /api/account-groups/batch'), z.array(accountGroup), { body: { ids }, mutates: false }),
  };
}
