import type { ReadingCase, ReadyToRead } from '../readings.ts';
import { CUSTOMER } from './customers.ts';
import { MEMBER, PACKAGE, POLL, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

interface Case extends Pick<ReadingCase, 'name' | 'route' | 'waits' | 'bodiless'> {
  arrange: (desk: Desk) => Promise<Pick<ReadyToRead, 'step' | 'happen'>>;
}

const ACCOUNTS = '/external/api/v1/accounts';
const OWNER = { ownerReference: 'ref-1' };

/** A step about an account with a subscription. */
const of =
  (step: (desk: Desk, accountId: string) => Promise<unknown>): Case['arrange'] =>
  async (desk) => {
    const accountId = await desk.account({}, PACKAGE);
    return { step: () => step(desk, accountId) };
  };

const STEPS: Case[] = [
  {
    name: 'checkUniqueness of an address',
    route: `GET ${ACCOUNTS}/status`,
    bodiless: true,
    arrange: async ({ steps }) => ({ step: () => steps.checkUniqueness({ request: requestFor() }) }),
  },
  {
    name: 'checkUniqueness of an account that is ours',
    route: `GET ${ACCOUNTS}`,
    arrange: of(({ steps }) => steps.checkUniqueness({ request: requestFor() })),
  },
  {
    name: 'readAccount',
    route: `GET ${ACCOUNTS}`,
    arrange: of(({ steps }, accountId) => steps.readAccount({ accountId })),
  },
  {
    name: 'findAccount by reference',
    route: `GET ${ACCOUNTS}`,
    arrange: of(({ steps }) => steps.findAccount({ reference: 'ref-1' })),
  },
  {
    name: 'checkChange',
    route: `GET ${ACCOUNTS}`,
    arrange: of(({ steps }, accountId) =>
      steps.checkChange({ accountId, ...OWNER, change: { kind: 'change-email', email: 'new@example.com' } }),
    ),
  },
  {
    name: 'readHoldings: the members',
    route: `GET ${ACCOUNTS}/shared_subscriptions`,
    arrange: async (desk) => {
      const accountId = await desk.account({}, PACKAGE);
      await desk.steps.addMember({ accountId, ...OWNER, member: MEMBER });
      return { step: () => desk.steps.readHoldings({ accountId, ...OWNER }) };
    },
  },
  {
    name: 'readDetail',
    route: 'GET /external/api/v1/userproducts/:account_id',
    arrange: of(async ({ steps }, accountId) => (await steps.readDetail({ accountId, what: 'subscriptions' })).detail),
  },
  {
    name: 'readDetail of a customer without an account',
    route: `GET ${ACCOUNTS}/candidate`,
    arrange: async ({ steps }) => ({
      step: async () => (await steps.readDetail({ what: 'candidate', by: CUSTOMER.customer_number })).detail,
    }),
  },
  {
    name: 'awaitEmailVerified',
    waits: true,
    route: `GET ${ACCOUNTS}/pending_verification_request`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      return {
        step: () => desk.steps.awaitEmailVerified({ accountId, ...POLL }),
        happen: () => desk.act('verify-email'),
      };
    },
  },
  {
    name: 'awaitMemberAccepted',
    waits: true,
    route: `GET ${ACCOUNTS}/shared_subscriptions`,
    arrange: async (desk) => {
      const accountId = await desk.account({}, PACKAGE);
      const { memberId } = await desk.steps.addMember({ accountId, ...OWNER, member: MEMBER });
      return {
        step: () => desk.steps.awaitMemberAccepted({ accountId, memberId, ...POLL }),
        happen: () => desk.act('invitation'),
      };
    },
  },
];

/** Every step of the provider that looks or waits, for the contract of all providers. */
export const READINGS: ReadingCase[] = STEPS.map(({ arrange, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk({ candidates: [CUSTOMER] });
    const { faults, ledger } = desk.sandbox;
    return { ...(await arrange(desk)), faults, count: () => ledger.entries({}).length };
  },
}));
