import type { ReadingCase, ReadyToRead } from '../readings.ts';
import { openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

interface Case extends Pick<ReadingCase, 'name' | 'route'> {
  arrange: (desk: Desk) => Promise<Pick<ReadyToRead, 'step'>>;
  env?: Record<string, string>;
}

/** A step about an account of ours. */
const of =
  (step: (desk: Desk, accountId: string) => Promise<unknown>): Case['arrange'] =>
  async (desk) => {
    const { accountId } = await desk.steps.createAccount({ request: requestFor({ holderId: '1' }) });
    return { step: () => step(desk, accountId) };
  };

const unique: Case['arrange'] = async ({ steps }) => ({
  step: () => steps.checkUniqueness({ request: requestFor() }),
});
const found = of(({ steps }) => steps.findAccount({ reference: 'ref-1' }));
const WITHOUT_SEARCH = { FACILIOO_SEARCH: 'false' };

const STEPS: Case[] = [
  { name: 'checkUniqueness', route: 'POST /api/accounts/search', arrange: unique },
  { name: 'checkUniqueness by the list', route: 'GET /api/accounts', arrange: unique, env: WITHOUT_SEARCH },
  {
    name: 'readAccount',
    route: 'GET /api/accounts/:id',
    arrange: of(({ steps }, accountId) => steps.readAccount({ accountId })),
  },
  { name: 'findAccount by reference', route: 'POST /api/accounts/search', arrange: found },
  { name: 'findAccount by the list', route: 'GET /api/accounts', arrange: found, env: WITHOUT_SEARCH },
  {
    name: 'checkChange',
    route: 'GET /api/accounts/:id',
    arrange: of(({ steps }, accountId) =>
      steps.checkChange({
        accountId,
        ownerReference: 'ref-1',
        change: { kind: 'change-rights', rights: { admin: true } },
      }),
    ),
  },
  {
    name: 'readHoldings',
    route: 'GET /api/accounts/:id',
    arrange: of(({ steps }, accountId) => steps.readHoldings({ accountId, ownerReference: 'ref-1' })),
  },
  {
    name: 'readDetail',
    route: 'GET /api/parties/:id',
    arrange: of(async ({ steps }, accountId) => (await steps.readDetail({ accountId, what: 'party' })).detail),
  },
  { name: 'listAccounts', route: 'GET /api/accounts', arrange: of(({ steps }) => steps.listAccounts({})) },
];

/** Every step of the provider that looks, for the contract of all providers. */
export const READINGS: ReadingCase[] = STEPS.map(({ arrange, env, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk({}, env);
    const { faults, ledger } = desk.sandbox;
    return { ...(await arrange(desk)), faults, count: () => ledger.entries({}).length };
  },
}));
