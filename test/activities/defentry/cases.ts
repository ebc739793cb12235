import type { AccountChange } from '../../../contract/change.ts';
import type { WatchlistKind } from '../../../contract/request.ts';
import type { DefentryOptionsInput } from '../../../sandbox/defentry/index.ts';
import type { Effect } from '../../../sandbox/defentry/model.ts';
import type { ContractCase } from '../contract.ts';
import { MEMBER, OWN, SSN, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

export { closeDesks } from './desk.ts';

type Step = () => Promise<unknown>;

interface Case extends Pick<ContractCase, 'name' | 'route' | 'bodiless' | 'asksAgain' | 'unreadable'> {
  effect: Effect;
  arrange: (desk: Desk) => Promise<Step>;
  env?: Record<string, string>;
  options?: DefentryOptionsInput;
  /** Where doing it again has no further effect, although the vendor does it again: by account. */
  perAccount?: true;
}

const memberOf = async ({ steps }: Desk, accountId: string) => ({
  accountId,
  ...(await steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER })),
});

const addMember = async (desk: Desk): Promise<Step> => {
  const accountId = await desk.account();
  return () => desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
};
const inviteMember = async (desk: Desk): Promise<Step> => {
  const member = await memberOf(desk, await desk.account());
  return () => desk.steps.inviteMember({ ...member, member: MEMBER, again: false });
};
const enrol =
  (kind: WatchlistKind, value: string) =>
  async (desk: Desk): Promise<Step> => {
    const accountId = await desk.account();
    return () => desk.steps.enrolWatchlist({ accountId, item: { kind, value } });
  };

const PHONE = '+46701234567';
const WATCHED = { kind: 'email', value: 'watched@example.com' } as const;

/** Becomes account 2. */
const SUPERVISOR = requestFor({ email: 'supervisor@example.com' }, { reference: 'ref-2', kind: 'single' });

/** A change of an account that has a phone and an SSN, and is confirmed; `before` are changes it has had. */
const change = (
  given: AccountChange,
  more: Pick<Case, 'route' | 'effect'> & Partial<Case>,
  before: AccountChange[] = [],
): Case => ({
  name: `applyChange ${given.kind}`,
  arrange: async (desk) => {
    const accountId = await desk.account({ ssn: SSN, phone: PHONE });
    desk.act('confirm-email');
    await desk.steps.createAccount({ request: SUPERVISOR });
    const apply = (each: AccountChange) => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change: each });
    for (const each of before) await apply(each);
    return () => apply(given);
  },
  ...more,
});

const ACCOUNT = '/api/v1/account/:account_id';
const V2 = { DEFENTRY_ROUTES: 'v2' };

const CHANGES: Case[] = [
  change(
    { kind: 'change-email', email: 'new@example.com' },
    { route: `POST ${ACCOUNT}/change-email`, effect: 'email.changed' },
  ),
  change({ kind: 'delete-email' }, { route: `PATCH ${ACCOUNT}/delete-email`, effect: 'email.deleted' }),
  change(
    { kind: 'change-supervisor', supervisorId: '2' },
    {
      name: 'applyChange change-supervisor, which the account does not show',
      route: `POST ${ACCOUNT}/change-supervisor`,
      effect: 'supervisor.changed',
      asksAgain: true,
    },
  ),
  change(
    { kind: 'change-supervisor', supervisorId: '2' },
    {
      route: `POST ${ACCOUNT}/change-supervisor`,
      effect: 'supervisor.changed',
      options: { hiddenFields: [] },
    },
  ),
  change(
    { kind: 'set-password', by: 'generated' },
    // The effect is that nobody knows the password: another one changes nothing of that.
    { route: `POST ${ACCOUNT}/password`, effect: 'password.set', asksAgain: true, perAccount: true },
  ),
  change({ kind: 'upgrade-plan', planId: '2' }, { route: 'POST /api/v1/account/upgrade', effect: 'plan.changed' }),
  change({ kind: 'downgrade-plan', planId: '2' }, { route: 'POST /api/v1/account/downgrade', effect: 'plan.changed' }),
  change(
    { kind: 'update-profile', profile: { firstName: 'Anne', languageCode: 'en' } },
    { route: `PATCH ${ACCOUNT}`, effect: 'account.updated' },
  ),
  change(
    { kind: 'set-password', by: 'generated' },
    {
      name: 'applyChange set-password by v2',
      route: 'POST /api/v2/account/password',
      effect: 'password.set',
      asksAgain: true,
      perAccount: true,
      env: V2,
    },
  ),
  change(
    { kind: 'update-profile', profile: { firstName: 'Anne', languageCode: 'en' } },
    {
      name: 'applyChange update-profile by v2',
      route: 'PUT /api/v2/account/:account_id',
      effect: 'account.updated',
      env: V2,
    },
  ),
  change(
    { kind: 'deactivate' },
    {
      name: 'applyChange deactivate by v2',
      route: 'POST /api/v2/account/deactivate',
      effect: 'account.deactivated',
      asksAgain: true,
      env: V2,
    },
  ),
  change(
    { kind: 'activate' },
    {
      route: `POST ${ACCOUNT}/activate`,
      effect: 'account.activated',
      arrange: async (desk) => {
        const accountId = await desk.account();
        return () => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change: { kind: 'activate' } });
      },
    },
  ),
  change(
    { kind: 'deactivate' },
    { route: `POST ${ACCOUNT}/deactivate`, effect: 'account.deactivated', asksAgain: true },
  ),
  change({ kind: 'ssn-monitoring-on' }, { route: `PATCH ${ACCOUNT}/ssn-monitoring/activate`, effect: 'monitoring.on' }),
  change(
    { kind: 'ssn-monitoring-off' },
    { route: `PATCH ${ACCOUNT}/ssn-monitoring/deactivate`, effect: 'monitoring.off' },
    [{ kind: 'ssn-monitoring-on' }],
  ),
  change(
    { kind: 'add-watchlist-item', item: WATCHED },
    { route: `POST ${ACCOUNT}/email-watchlist`, effect: 'watchlist.added' },
  ),
  change(
    { kind: 'remove-watchlist-item', item: { kind: 'phone', value: PHONE } },
    { route: `DELETE ${ACCOUNT}/phone-watchlist/:item_id`, effect: 'watchlist.removed', bodiless: true },
    [{ kind: 'add-watchlist-item', item: { kind: 'phone', value: PHONE } }],
  ),
];

const STEPS: Case[] = [
  {
    name: 'createAccount',
    route: 'POST /api/v1/account',
    effect: 'account.created',
    arrange:
      async ({ steps }) =>
      () =>
        steps.createAccount({ request: requestFor() }),
  },
  {
    name: 'createAccount of a business',
    route: 'POST /api/v1/account/business',
    effect: 'account.created',
    arrange: async ({ steps }) => {
      const company = { name: 'Berg AB', organizationNumber: '556468-3984' };
      return () => steps.createAccount({ request: requestFor({}, { kind: 'business', company }) });
    },
  },
  { name: 'addMember', route: 'POST /api/v1/account/:account_id/member', effect: 'member.added', arrange: addMember },
  {
    name: 'addMember by v2',
    route: 'POST /api/v2/account/member',
    effect: 'member.added',
    arrange: addMember,
    env: V2,
  },
  {
    name: 'inviteMember',
    route: 'POST /api/v1/account/:account_id/invite',
    effect: 'invitation.sent',
    unreadable: true,
    arrange: inviteMember,
  },
  {
    name: 'inviteMember by v2',
    route: 'POST /api/v2/account/member/:member_id/invite',
    effect: 'invitation.sent',
    unreadable: true,
    arrange: inviteMember,
    env: V2,
  },
  {
    name: 'enableSsnMonitoring',
    route: 'PATCH /api/v1/account/:account_id/ssn-monitoring/activate',
    effect: 'monitoring.on',
    arrange: async (desk) => {
      const accountId = await desk.account({ ssn: SSN });
      return () => desk.steps.enableSsnMonitoring({ accountId });
    },
  },
  {
    name: 'disableSsnMonitoring',
    route: 'PATCH /api/v1/account/:account_id/ssn-monitoring/deactivate',
    effect: 'monitoring.off',
    arrange: async (desk) => {
      const accountId = await desk.account({ ssn: SSN });
      await desk.steps.enableSsnMonitoring({ accountId });
      return () => desk.steps.disableSsnMonitoring({ accountId });
    },
  },
  {
    name: 'enrolWatchlist with an e-mail address',
    route: 'POST /api/v1/account/:account_id/email-watchlist',
    effect: 'watchlist.added',
    arrange: enrol('email', 'Watched@example.com'),
  },
  {
    name: 'enrolWatchlist with a phone',
    route: 'POST /api/v1/account/:account_id/phone-watchlist',
    effect: 'watchlist.added',
    arrange: enrol('phone', '+46701234567'),
  },
  {
    name: 'enrolWatchlist with an IBAN',
    route: 'POST /api/v1/account/:account_id/iban-watchlist',
    effect: 'watchlist.added',
    arrange: enrol('iban', 'SE45 5000 0000 0583 9825 7466'),
  },
  {
    name: 'enrolWatchlist with a card, of which the vendor shows the last digits',
    route: 'POST /api/v1/account/:account_id/credit-card-watchlist',
    effect: 'watchlist.added',
    asksAgain: true,
    arrange: enrol('credit-card', '4111 1111 1111 1111'),
  },
  {
    name: 'deactivateAccount',
    route: 'POST /api/v1/account/:account_id/deactivate',
    effect: 'account.deactivated',
    asksAgain: true,
    arrange: async (desk) => {
      await desk.account();
      // One that is not confirmed is inactive anyway.
      desk.act('confirm-email');
      return () => desk.steps.deactivateAccount(OWN);
    },
  },
  {
    name: 'deactivateAccount by v2',
    route: 'POST /api/v2/account/deactivate',
    effect: 'account.deactivated',
    asksAgain: true,
    env: V2,
    arrange: async (desk) => {
      await desk.account();
      // One that is not confirmed is inactive anyway.
      desk.act('confirm-email');
      return () => desk.steps.deactivateAccount(OWN);
    },
  },
  {
    name: 'removeAccount',
    route: 'DELETE /api/v1/account/:account_id',
    effect: 'account.deleted',
    asksAgain: true,
    arrange: async (desk) => {
      const accountId = await desk.account();
      return () => desk.steps.removeAccount({ ...OWN, accountId });
    },
  },
  {
    name: 'removeMember',
    route: 'DELETE /api/v1/account/:account_id',
    effect: 'account.deleted',
    asksAgain: true,
    arrange: async (desk) => {
      const accountId = await desk.account();
      await memberOf(desk, accountId);
      return () => desk.steps.removeMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    },
  },
];

/** Every step of the provider that changes something, for the contract of all providers. */
export const CASES: ContractCase[] = [...STEPS, ...CHANGES].map(
  ({ effect, arrange, env, options, perAccount, ...given }) => ({
    ...given,
    arrange: async () => {
      const desk = await openDesk({ monitoringStarts: 'on-request', ...options }, env);
      const accounts = () => new Set(desk.sandbox.ledger.entries({ effect }).map(({ accountId }) => accountId)).size;
      const count = perAccount ? accounts : () => desk.count(effect);
      return { step: await arrange(desk), faults: desk.sandbox.faults, count };
    },
  }),
);
