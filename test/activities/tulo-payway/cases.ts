import type { PaywayOptionsInput } from '../../../sandbox/tulo-payway/index.ts';
import type { Effect } from '../../../sandbox/tulo-payway/model.ts';
import type { AccountChange } from '../../../contract/change.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';
import type { ContractCase } from '../contract.ts';
import { CUSTOMER, WITH_MAPPING, opening } from './customers.ts';
import { OWN_PAGE } from './settings.ts';
import { MEMBER, OWN, PACKAGE, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

export { closeDesks } from './desk.ts';

interface Case extends Pick<ContractCase, 'name' | 'route' | 'bodiless' | 'asksAgain'> {
  /** The effect in the ledger, or how often it stands where a later one replaces it. */
  effect: Effect | ((desk: Desk) => number);
  arrange: (desk: Desk) => Promise<() => Promise<unknown>>;
  options?: PaywayOptionsInput;
  env?: Record<string, string>;
}

/** An account whose address is verified, and a change of it. */
const applying =
  (change: AccountChange, rest: Partial<OnboardingRequest> = {}) =>
  async (desk: Desk) => {
    const accountId = await desk.account({}, rest);
    desk.act('verify-email');
    return () => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change });
  };

/** Of several mails with a code, the newest counts. */
const openMails = (kind: string) => (desk: Desk) =>
  desk.sandbox.outbox.open().filter((item) => item.kind === kind).length;

const OF_CUSTOMER = {
  options: { candidates: [CUSTOMER] },
  arrange: async (desk: Desk) => opening(desk),
};

const STEPS: Case[] = [
  {
    name: 'createAccount',
    route: 'POST /external/api/v2/accounts',
    effect: 'account.created',
    arrange:
      async ({ steps }) =>
      () =>
        steps.createAccount({ request: requestFor() }),
  },
  {
    name: 'createAccount with a package',
    route: 'POST /external/api/v1/userproducts',
    effect: 'product.activated',
    arrange:
      async ({ steps }) =>
      async () => ({ ...(await steps.createAccount({ request: requestFor({}, PACKAGE) })), created: true }),
  },
  {
    name: 'createAccount for a customer of the subscription system',
    ...OF_CUSTOMER,
    route: 'POST /external/api/v1/account/activate_candidate',
    bodiless: true,
    effect: 'account.created',
  },
  {
    name: 'createAccount for such a customer puts our reference on the account',
    ...OF_CUSTOMER,
    route: 'POST /external/api/v1/identity_mapping',
    bodiless: true,
    effect: 'external-id.written',
  },
  {
    name: 'confirmEmail',
    asksAgain: true,
    route: 'POST /external/api/v1/accounts/verify_account',
    effect: 'email.confirmed',
    arrange: async (desk) => {
      const accountId = await desk.account();
      const code = desk.code('verify-email');
      return () => desk.steps.confirmEmail({ accountId, code });
    },
  },
  {
    name: 'addMember',
    route: 'POST /external/api/v1/accounts/share_subscription',
    effect: 'member.added',
    arrange: async (desk) => {
      const accountId = await desk.account({}, PACKAGE);
      return () => desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    },
  },
  {
    name: 'removeMember',
    asksAgain: true,
    route: 'DELETE /external/api/v1/accounts/remove_sharing',
    effect: 'member.removed',
    arrange: async (desk) => {
      const accountId = await desk.account({}, PACKAGE);
      await desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
      return () => desk.steps.removeMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    },
  },
  {
    name: 'removeAccount',
    asksAgain: true,
    route: 'DELETE /external/api/v1/accounts/archive',
    bodiless: true,
    effect: 'account.archived',
    arrange: async (desk) => {
      await desk.account();
      return () => desk.steps.removeAccount(OWN);
    },
  },
  {
    name: 'removeAccount with a running subscription',
    asksAgain: true,
    route: 'PUT /external/api/v1/userproducts',
    effect: 'product.deactivated',
    arrange: async (desk) => {
      const accountId = await desk.account({}, PACKAGE);
      return () => desk.steps.removeAccount({ ...OWN, accountId });
    },
  },
  {
    name: 'applyChange change-email',
    route: 'PUT /external/api/v2/accounts',
    effect: 'email.changed',
    arrange: applying({ kind: 'change-email', email: 'new@example.com' }),
  },
  {
    name: 'applyChange change-email asks for the new address to be verified',
    asksAgain: true,
    route: 'POST /external/api/v1/accounts/create_verification_request',
    effect: openMails('verify-email'),
    options: { changedEmail: 'is-unverified' },
    arrange: applying({ kind: 'change-email', email: 'new@example.com' }),
  },
  {
    name: 'applyChange update-profile',
    route: 'PUT /external/api/v2/accounts',
    effect: 'account.updated',
    arrange: applying({ kind: 'update-profile', profile: { lastName: 'Alm', phone: '+46701234567' } }),
  },
  {
    name: 'applyChange set-password, generated',
    asksAgain: true,
    route: 'POST /external/api/v1/accounts/complete_password_reset',
    // Of several passwords that nobody knows, the last one stands.
    effect: ({ sandbox }) => new Set(sandbox.ledger.entries({ effect: 'password.set' }).map((e) => e.accountId)).size,
    arrange: applying({ kind: 'set-password', by: 'generated' }),
  },
  {
    name: 'applyChange set-password by reset mail',
    asksAgain: true,
    bodiless: true,
    route: 'POST /external/api/v1/accounts/request_password_reset',
    effect: openMails('reset-password'),
    arrange: applying({ kind: 'set-password', by: 'reset-mail' }),
  },
  {
    name: 'applyChange set-password by reset mail to an own page',
    asksAgain: true,
    bodiless: true,
    route: 'POST /external/api/v1/accounts/custom_request_password_reset',
    effect: openMails('reset-password'),
    env: OWN_PAGE,
    arrange: applying({ kind: 'set-password', by: 'reset-mail' }),
  },
  {
    name: 'applyChange upgrade-plan',
    route: 'POST /external/api/v1/userproducts',
    effect: ({ sandbox }) => sandbox.ledger.entries({ effect: 'product.activated', kind: 'single' }).length,
    arrange: applying({ kind: 'upgrade-plan', planId: 'single' }, PACKAGE),
  },
  {
    name: 'applyChange downgrade-plan ends the plan before',
    route: 'PUT /external/api/v1/userproducts',
    effect: 'product.deactivated',
    arrange: applying({ kind: 'downgrade-plan', planId: 'single' }, PACKAGE),
  },
];

/** Every step of the provider that changes something, for the contract of all providers. */
export const CASES: ContractCase[] = STEPS.map(({ effect, arrange, options, env, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk(options, { ...WITH_MAPPING, ...env });
    const count = typeof effect === 'function' ? () => effect(desk) : () => desk.count(effect);
    return { step: await arrange(desk), faults: desk.sandbox.faults, count };
  },
}));
