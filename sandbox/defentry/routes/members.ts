import { VendorError, type Answer, type Call, type Route } from '../../core/http.ts';
import { subjectOf } from '../auth.ts';
import { addMember, invite, membersOf } from '../members.ts';
import type { Account } from '../model.ts';
import { accountOf, normalEmail, plainId, shownId, type State } from '../state.ts';
import { parseMember, refuse, required } from '../validation.ts';
import { created, memberView } from '../view.ts';
import type { Guard } from './guard.ts';

/** The member an invitation names, by `member_id` or `email`. */
function invited(state: State, owner: Account, body: Call['body']): Account {
  const { member_id: memberId, email } = body;
  const { inviteBy } = state.options;
  const members = membersOf(state, owner);
  if (inviteBy !== 'email' && (typeof memberId === 'string' || typeof memberId === 'number')) {
    const member = members.find((each) => shownId(each) === String(memberId));
    return member ?? refuse([{ field: 'member_id', issue: 'The member id field is invalid.' }]);
  }
  if (inviteBy !== 'member_id' && typeof email === 'string') {
    const member = members.find((each) => each.email !== null && normalEmail(each.email) === normalEmail(email));
    return member ?? refuse([{ field: 'email', issue: 'The email field is invalid.' }]);
  }
  return refuse((['member_id', 'email'] as const).filter((by) => [by, 'either'].includes(inviteBy)).map(required));
}

/** The member of a route that names no account. */
function named(state: State, id = ''): Account {
  return state.options.members === 'plain'
    ? (state.accounts.get(plainId(Number(id))) ?? refuseUnknown())
    : accountOf(state, id);
}

function refuseUnknown(): never {
  throw new VendorError(404, 'Not found');
}

/** Contract, 3.4: only the routes are documented, no body of any. */
export const memberRoutes = (state: State, { crm, idless }: Guard): Route[] => {
  const add = (owner: Account, body: Call['body']): Answer => {
    const member = addMember(state, owner, parseMember(body, state.options));
    return created(memberView(member, state.options), state.options);
  };
  const send = (member: Account): Answer => ({
    status: 200,
    body: { data: memberView(invite(state, member), state.options) },
  });
  return [
    crm('POST', '/api/v1/account/:account_id/member', ({ params, body }) =>
      add(accountOf(state, params['account_id']), body),
    ),
    crm('GET', '/api/v1/account/:account_id/members', ({ params }) => {
      const members = membersOf(state, accountOf(state, params['account_id']));
      return { status: 200, body: { data: members.map((member) => memberView(member, state.options)) } };
    }),
    crm('POST', '/api/v1/account/:account_id/invite', ({ params, body }) =>
      send(invited(state, accountOf(state, params['account_id']), body)),
    ),
    idless('POST', '/api/v2/account/member', ({ body }, caller) =>
      add(subjectOf(state, caller, body['account_id']), body),
    ),
    idless('POST', '/api/v2/account/member/:member_id/invite', ({ params }, caller) => {
      const member = named(state, params['member_id']);
      if (member.ownerId === null) throw new VendorError(404, 'Not found');
      if (caller.kind === 'app') subjectOf(state, caller, member.ownerId);
      return send(member);
    }),
  ];
};
