import type { Effect } from '../sandbox/index.ts';
import type { ContractCase } from '../../../test/activities/contract.ts';
import { openDesk, REQUEST, type Desk } from './desk.ts';

export { closeDesks } from './desk.ts';

interface Case extends Omit<ContractCase, 'arrange'> {
  effect: Effect;
  arrange: (desk: Desk) => Promise<() => Promise<unknown>>;
}

const STEPS: Case[] = [
  {
    name: 'createAccount',
    route: 'POST /accounts',
    effect: 'account.created',
    arrange:
      async ({ steps }) =>
      () =>
        steps.createAccount({ request: REQUEST }),
  },
  {
    name: 'removeAccount',
    route: 'DELETE /accounts/:id',
    effect: 'account.removed',
    bodiless: true,
    arrange: async ({ steps }) => {
      const { accountId } = await steps.createAccount({ request: REQUEST });
      return () => steps.removeAccount({ reference: REQUEST.reference, accountId, person: {} });
    },
  },
];

/** Every step of the provider that changes something, for the contract of all providers. */
export const CASES: ContractCase[] = STEPS.map(({ effect, arrange, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk();
    const { faults, ledger } = desk.sandbox;
    return { step: await arrange(desk), faults, count: () => ledger.entries({ effect }).length };
  },
}));
