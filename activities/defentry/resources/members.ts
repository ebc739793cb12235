import { none } from '../../http/answer.ts';
import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { listAll } from '../paging.ts';
import * as schemas from '../schemas.ts';
import type { NewAccount } from './bodies.ts';

/** Members and invitations, v1 and v2 (Defentry contract, section 3.4; bodies are assumptions, section 9.8). */
export function members(send: Send) {
  return {
    list: (account_id: string) =>
      listAll(send, at('GET /api/v1/account/{account_id}/members', { account_id }), schemas.member),
    add: (account_id: string, body: NewAccount) =>
      send(at('POST /api/v1/account/{account_id}/member', { account_id }), schemas.createdId, { body }),
    invite: (account_id: string, body: { member_id: string } | { email: string }) =>
      send(at('POST /api/v1/account/{account_id}/invite', { account_id }), none, { body }),
    addV2: (account_id: string, body: NewAccount) =>
      send(at('POST /api/v2/account/member'), schemas.createdId, { body: { account_id, ...body } }),
    inviteV2: (memberId: string) => send(at('POST /api/v2/account/member/{memberId}/invite', { memberId }), none),
  };
}
