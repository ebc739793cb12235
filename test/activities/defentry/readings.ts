import type { ReadingCase, ReadyToRead } from '../readings.ts';
import { MEMBER, POLL, SSN, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

interface Case extends Pick<ReadingCase, 'name' | 'route' | 'waits'> {
  arrange: (desk: Desk) => Promise<Pick<ReadyToRead, 'step' | 'happen'>>;
  env?: Record<string, string>;
}

const ACCOUNT = '/api/v1/account/:account_id';
const OWNER = { ownerReference: 'ref-1' };
const EMAIL = 'anna@example.com';

/** A step about an account with an SSN. */
const of =
  (step: (desk: Desk, accountId: string) => Promise<unknown>): Case['arrange'] =>
  async (desk) => {
    const accountId = await desk.account({ ssn: SSN });
    return { step: () => step(desk, accountId) };
  };

const STEPS: Case[] = [
  {
    name: 'checkUniqueness of an address',
    route: 'POST /api/v1/account/check-attribute-for-uniqueness',
    arrange: async ({ steps }) => ({ step: () => steps.checkUniqueness({ request: requestFor() }) }),
  },
  {
    name: 'checkUniqueness of an account that is ours',
    route: 'GET /api/v1/account/external-id/:external_id',
    arrange: of(({ steps }) => steps.checkUniqueness({ request: requestFor({ ssn: SSN }) })),
  },
  {
    name: 'readAccount',
    route: `GET ${ACCOUNT}`,
    arrange: of(({ steps }, accountId) => steps.readAccount({ accountId })),
  },
  {
    name: 'findAccount by reference',
    route: 'GET /api/v1/account/external-id/:external_id',
    arrange: of(({ steps }) => steps.findAccount({ reference: 'ref-1' })),
  },
  {
    name: 'checkChange',
    route: `GET ${ACCOUNT}`,
    arrange: of(({ steps }, accountId) =>
      steps.checkChange({ accountId, ...OWNER, change: { kind: 'change-email', email: 'new@example.com' } }),
    ),
  },
  {
    name: 'readHoldings: the members',
    route: `GET ${ACCOUNT}/members`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      await desk.steps.addMember({ accountId, ...OWNER, member: MEMBER });
      return { step: () => desk.steps.readHoldings({ accountId, ...OWNER, lists: ['members'] }) };
    },
  },
  {
    name: 'readHoldings: the watchlists',
    route: `GET ${ACCOUNT}/email-watchlist`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      await desk.steps.enrolWatchlist({ accountId, item: { kind: 'email', value: 'watched@example.com' } });
      return { step: () => desk.steps.readHoldings({ accountId, ...OWNER, lists: ['watchlistItems'] }) };
    },
  },
  {
    name: 'readDetail',
    route: `GET ${ACCOUNT}/phone-watchlist/leaks`,
    arrange: of(async ({ steps }, accountId) => (await steps.readDetail({ accountId, what: 'phone-leaks' })).detail),
  },
  {
    name: 'listAccounts',
    route: 'GET /api/v1/accounts',
    arrange: of(({ steps }) => steps.listAccounts({})),
  },
  {
    name: 'listAccounts by v2',
    route: 'GET /api/v2/accounts',
    arrange: of(({ steps }) => steps.listAccounts({})),
    env: { DEFENTRY_ROUTES: 'v2' },
  },
  {
    name: 'awaitEmailVerified',
    waits: true,
    route: `GET ${ACCOUNT}/activation-status`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      return {
        step: () => desk.steps.awaitEmailVerified({ accountId, ...POLL }),
        happen: () => desk.act('confirm-email'),
      };
    },
  },
  {
    name: 'awaitMemberAccepted',
    waits: true,
    route: `GET ${ACCOUNT}/members`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      const { memberId } = await desk.steps.addMember({ accountId, ...OWNER, member: MEMBER });
      await desk.steps.inviteMember({ accountId, memberId, member: MEMBER, again: false });
      return {
        step: () => desk.steps.awaitMemberAccepted({ accountId, memberId, ...POLL }),
        happen: () => desk.act('invitation'),
      };
    },
  },
  {
    name: 'awaitIdentification',
    waits: true,
    route: `GET ${ACCOUNT}`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      const asked = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
      const { identificationId } = await desk.steps.startIdentification({ accountId, email: EMAIL, ...asked });
      return {
        step: () => desk.steps.awaitIdentification({ accountId, email: EMAIL, identificationId, ...POLL }),
        happen: () => desk.act('eid', 'approve'),
      };
    },
  },
  {
    name: 'awaitEmailChanged',
    waits: true,
    route: `GET ${ACCOUNT}`,
    arrange: async (desk) => {
      const accountId = await desk.account();
      desk.act('confirm-email');
      const email = 'new@example.com';
      await desk.steps.applyChange({ accountId, ...OWNER, change: { kind: 'change-email', email } });
      return {
        step: () => desk.steps.awaitEmailChanged({ accountId, email, ...POLL }),
        happen: () => desk.act('confirm-email'),
      };
    },
  },
];

/** Every step of the provider that looks or waits, for the contract of all providers. */
export const READINGS: ReadingCase[] = STEPS.map(({ arrange, env, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk({}, env);
    const { faults, ledger } = desk.sandbox;
    return { ...(await arrange(desk)), faults, count: () => ledger.entries({}).length };
  },
}));
