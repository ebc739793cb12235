import type { ReadingCase } from '../../../test/activities/readings.ts';
import { openDesk, REQUEST, type Desk } from './desk.ts';

interface Case extends Omit<ReadingCase, 'arrange'> {
  step: (desk: Desk, accountId: string) => Promise<unknown>;
}

const ONE = 'GET /accounts/:id';
const { reference } = REQUEST;

const STEPS: Case[] = [
  { name: 'checkUniqueness', route: 'GET /accounts', step: ({ steps }) => steps.checkUniqueness({ request: REQUEST }) },
  { name: 'readAccount', route: ONE, step: ({ steps }, accountId) => steps.readAccount({ accountId }) },
  { name: 'findAccount by reference', route: 'GET /accounts', step: ({ steps }) => steps.findAccount({ reference }) },
  {
    name: 'findAccount by id',
    route: ONE,
    step: ({ steps }, accountId) => steps.findAccount({ reference, accountId }),
  },
  {
    name: 'readHoldings',
    route: ONE,
    step: ({ steps }, accountId) => steps.readHoldings({ accountId, ownerReference: reference }),
  },
  {
    name: 'readDetail',
    route: ONE,
    step: async ({ steps }, accountId) => (await steps.readDetail({ accountId, what: 'account' })).detail,
  },
];

/** Every step of the provider that looks, for the contract of all providers. */
export const READINGS: ReadingCase[] = STEPS.map(({ step, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk();
    const { accountId } = await desk.steps.createAccount({ request: REQUEST });
    const { faults, ledger } = desk.sandbox;
    return { step: () => step(desk, accountId), faults, count: () => ledger.entries({}).length };
  },
}));
