import { CHANGE_KINDS } from '../../../contract/change.ts';
import type { AccountChange, Rights } from '../../../contract/change.ts';
import { brokenRightsRule } from '../../../activities/facilioo/change-rules.ts';
import type { Situation } from '../../../activities/facilioo/change-rules.ts';
import type { FaciliooOptionsInput } from '../../../sandbox/facilioo/index.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

const SENTENCE = /^[\w.[\]]+: [^;]+; .+\.$/;
const rights = (given: object): AccountChange => ({ kind: 'change-rights', rights: given });

/** An account in a party, the login's own by default, and its changes. */
async function openAccount(
  options: FaciliooOptionsInput = {},
  env: Record<string, string> = {},
  holderId = '1',
): Promise<Desk & { check: (change: AccountChange) => Promise<unknown>; apply: (given: Rights) => Promise<unknown> }> {
  const desk = await openDesk(options, env);
  const { accountId } = await desk.steps.createAccount({ request: requestFor({ holderId }) });
  const at = { accountId, ownerReference: 'ref-1' };
  return {
    ...desk,
    check: (change) => desk.steps.checkChange({ ...at, change }),
    apply: (given) => desk.steps.applyChange({ ...at, change: rights(given) }),
  };
}

/** Nothing of the sandbox's but the account and its mail. */
const changed = (desk: Desk) => desk.count('account.updated') + desk.count('account.deleted');

test('rights are given and taken, each proven by reading back; what is left out stays (contract, section 4.2)', async () => {
  const desk = await openAccount();
  expect(await desk.apply({ admin: true, viewAllRepresentations: true })).toEqual({ proven: true });
  expect(await desk.apply({ admin: false })).toEqual({ proven: true });
  expect(await desk.client.accounts.get('9001')).toMatchObject({
    isAdmin: false,
    canViewAllRepresentations: true,
    isSupervisor: false,
  });
  expect(desk.count('rights.changed')).toBe(2);
});

test('rights that facilioo does not show are changed, and not called proven (contract, section 4.3)', async () => {
  const desk = await openAccount({ names: { isAdmin: 'administrator' } });
  expect(await desk.apply({ admin: true })).toEqual({ proven: false });
});

test('a change that does not show is tried again (contract, section 10)', async () => {
  const desk = await openAccount();
  const body = { id: 9001, isAdmin: false };
  desk.sandbox.faults.add({ kind: 'schema-drift', body, route: 'GET /api/accounts/:id', times: 2 });
  const failure = await failureOf(desk.apply({ admin: true }));
  expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
  expect(failure.message).toContain('READ_BACK_DIFFERS');
  expect(await desk.apply({ admin: true })).toEqual({ proven: true });
});

test('a change that facilioo refuses after all needs a person (contract, section 3.2)', async () => {
  const desk = await openAccount({}, {}, '4000');
  expect(await failureOf(desk.apply({ admin: true }))).toMatchObject({ type: 'Forbidden', nonRetryable: true });
  expect(changed(desk)).toBe(0);
});

test('a JSON object where facilioo takes a JSON Patch needs a person (contract, section 10)', async () => {
  const desk = await openAccount({ changeBody: 'json-patch' });
  expect(await failureOf(desk.apply({ admin: true }))).toMatchObject({ type: 'ContractViolation' });
  expect(changed(desk)).toBe(0);
});

test('checkChange answers the change and what can be done, and changes nothing', async () => {
  const desk = await openAccount();
  const change = rights({ admin: true });
  const capabilities = { changes: ['change-rights'], listAccounts: true };
  expect(await desk.check(change)).toMatchObject({ change, capabilities });
  expect(changed(desk)).toBe(0);
});

/** The remedy by kind. */
const REFUSED: Record<Exclude<AccountChange['kind'], 'change-rights'>, string> = {
  'change-email': 'ask facilioo',
  'delete-email': 'leave the change out',
  'change-supervisor': 'use change-rights',
  'set-password': 'web app',
  'upgrade-plan': 'ask facilioo',
  'downgrade-plan': 'ask facilioo',
  'update-profile': 'leave the change out',
  activate: 'web app',
  deactivate: 'web app',
  'ssn-monitoring-on': 'leave the change out',
  'ssn-monitoring-off': 'leave the change out',
  'add-watchlist-item': 'leave the change out',
  'remove-watchlist-item': 'leave the change out',
  'add-member': 'onboard each person singly',
  'remove-member': 'onboard each person singly',
  'invite-member': 'onboard each person singly',
};

test('every other kind of change is refused with its own remedy (contract, sections 4.2, 5 and 10)', async () => {
  const desk = await openAccount();
  for (const kind of CHANGE_KINDS) {
    if (kind === 'change-rights') continue;
    const failure = await failureOf(desk.check({ kind } as AccountChange));
    expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
    expect(failure.message).toMatch(SENTENCE);
    expect(failure.message).toContain(REFUSED[kind]);
  }
  expect(changed(desk)).toBe(0);
});

test.each<[string, object, Record<string, string>]>([
  ['rights: there is nothing to change', {}, {}],
  ['rights: there is nothing to change', { admin: undefined }, {}],
  ['rights: facilioo has no such right', { canary: true }, {}],
  ['rights.admin: it is given or taken', { admin: 'canary' }, {}],
  ['kind: changes are switched off here by FACILIOO_PATCH', { admin: true }, { FACILIOO_PATCH: 'off' }],
])('refuses with "%s": %j', async (start, given, env) => {
  const desk = await openAccount({}, env);
  const failure = await failureOf(desk.check(rights(given)));
  expect(failure).toMatchObject({ type: 'RequestRefused' });
  expect(failure.message.startsWith(start)).toBe(true);
  expect(failure.message).toMatch(SENTENCE);
  expect(failure.message).not.toContain('canary');
});

test('without changes the capabilities say so', async () => {
  const { steps } = await openDesk({}, { FACILIOO_PATCH: 'off' });
  const { capabilities } = await steps.checkRequest({ request: requestFor() });
  expect(capabilities).toMatchObject({ changes: [], listAccounts: true });
});

const SERVICE = { email: 'service@verwaltung.example', password: 'sandbox-password', partyId: 1, accountGroupId: 1 };

test.each<[string, FaciliooOptionsInput, string, string]>([
  ['a party that the login does not belong to', {}, '4000', 'kind: rights are changed by an administrator'],
  ['its party when it is no administrator', { logins: [SERVICE] }, '1', 'kind: rights are changed by an administrator'],
])('a login does not change rights in %s (contract, section 4.2)', async (_, options, holderId, start) => {
  const desk = await openAccount(options, {}, holderId);
  const failure = await failureOf(desk.check(rights({ admin: true })));
  expect(failure).toMatchObject({ type: 'RequestRefused' });
  expect(failure.message.startsWith(start)).toBe(true);
  // What stands as it is asked for needs nobody.
  expect(await desk.check(rights({ admin: false }))).toMatchObject({ change: rights({ admin: false }) });
});

test('only parties of pool managers and contractors have supervisors (contract, section 4.2 row 10)', async () => {
  const desk = await openAccount();
  const failure = await failureOf(desk.check(rights({ supervisor: true })));
  expect(failure.message).toMatch(/^rights\.supervisor: [^;]+; .+\.$/);
  expect(await desk.check(rights({ supervisor: false }))).toMatchObject({
    capabilities: { changes: ['change-rights'] },
  });
});

/** An account and a login in one party. */
const inParty = (partyId: number | undefined, partyType?: number, isAdmin: boolean | null = true): Situation => ({
  account: { partyId },
  login: { partyId, isAdmin },
  partyType,
});

test.each<[string, Rights, Situation, boolean]>([
  ['nothing is known', { supervisor: true }, { ...inParty(undefined), login: undefined }, false],
  ['the login shows no party', { admin: true }, { ...inParty(1), login: { partyId: null, isAdmin: true } }, false],
  ['the login shows no right', { admin: true }, inParty(1, undefined, null), false],
  ['a pool manager’s party', { supervisor: true }, inParty(3, 3), false],
  ['a contractor’s party', { supervisor: true }, inParty(4, 5), false],
  ['a user’s party', { supervisor: true }, inParty(4000, 7), true],
  ['a right taken in a user’s party', { supervisor: false }, inParty(4000, 7), false],
])('%s, %j: only what can be read breaks a rule (contract, section 4.2)', (_, given, situation, broken) => {
  expect(brokenRightsRule(given, situation) !== undefined).toBe(broken);
});

test.each(['GET /api/accounts/myself', 'GET /api/parties/:id'])(
  'where %s is not there facilioo will tell (contract, section 10)',
  async (route) => {
    const desk = await openAccount();
    desk.sandbox.faults.add({ kind: 'schema-drift', body: [], route });
    const change = rights(route.includes('parties') ? { supervisor: true } : { admin: true });
    expect(await desk.check(change)).toMatchObject({ change });
  },
);
