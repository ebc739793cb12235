import type { FaciliooOptionsInput } from '../../../sandbox/facilioo/index.ts';
import type { Effect } from '../../../sandbox/facilioo/model.ts';
import type { AccountChange } from '../../../contract/change.ts';
import type { ContractCase } from '../contract.ts';
import { openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { CREATE_PARTIES } from './settings.ts';

export { closeDesks } from './desk.ts';

interface Case extends Pick<ContractCase, 'name' | 'route'> {
  effect: Effect;
  env?: Record<string, string>;
  options?: FaciliooOptionsInput;
  arrange: (desk: Desk) => Promise<() => Promise<unknown>>;
}

const creating = (holderId?: string) => async (desk: Desk) => {
  const { holderId: _, ...asked } = requestFor();
  const request = { ...asked, ...(holderId === undefined ? {} : { holderId }) };
  return () => desk.steps.createAccount({ request });
};

/** In the party of the login, which is its administrator. */
const changing = (change: AccountChange) => async (desk: Desk) => {
  const { accountId } = await desk.steps.createAccount({ request: requestFor({ holderId: '1' }) });
  return () => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change });
};

const RIGHTS = { kind: 'change-rights', rights: { admin: true, viewAllRepresentations: true } } as const;
const CHANGE = { route: 'PATCH /api/accounts/:id', effect: 'rights.changed', arrange: changing(RIGHTS) } as const;

const STEPS: Case[] = [
  {
    name: 'createAccount in a party',
    route: 'POST /api/accounts',
    effect: 'account.created',
    arrange: creating('4000'),
  },
  {
    name: 'createAccount with its party',
    route: 'POST /api/accounts',
    effect: 'account.created',
    env: CREATE_PARTIES,
    arrange: creating(),
  },
  {
    name: 'createAccount: the party',
    route: 'POST /api/parties',
    effect: 'party.created',
    env: CREATE_PARTIES,
    arrange: creating(),
  },
  { name: 'applyChange change-rights', ...CHANGE },
  {
    name: 'applyChange change-rights as a JSON Patch',
    ...CHANGE,
    env: { FACILIOO_PATCH: 'json-patch' },
    options: { changeBody: 'json-patch' },
  },
];

/** Every step of the provider that changes something, for the contract of all providers. */
export const CASES: ContractCase[] = STEPS.map(({ effect, env, options, arrange, ...given }) => ({
  ...given,
  arrange: async () => {
    const desk = await openDesk(options, env);
    return { step: await arrange(desk), faults: desk.sandbox.faults, count: () => desk.count(effect) };
  },
}));
