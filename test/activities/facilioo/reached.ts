import { createFacilioo } from '../../../activities/facilioo/provider.ts';
import { FACILIOO_READS } from '../../../contract/provider-capabilities.ts';
import type { Reached } from '../routes.ts';
import { openDesk, requestFor } from './desk.ts';
import { configFor } from './settings.ts';

const reading = async (what: string) => {
  const { steps } = await openDesk();
  const { accountId } = await steps.createAccount({ request: requestFor() });
  return () => steps.readDetail({ accountId, what });
};

/** Steps and paths that are no cases of the contract of all providers, and everything that can be read. */
export const REACHED: Reached[] = [
  [
    'checkRequest',
    async () => {
      const { steps } = await openDesk();
      return () => steps.checkRequest({ request: requestFor() });
    },
  ],
  [
    'checkUniqueness',
    async () => {
      const { steps } = await openDesk();
      return () => steps.checkUniqueness({ request: requestFor({ holderId: '1' }) });
    },
  ],
  [
    'checkLogin',
    async () => {
      const { url } = await openDesk();
      return () => createFacilioo(configFor(url)).checkLogin();
    },
  ],
  ...FACILIOO_READS.map((what): Reached => [`onboard read ${what}`, () => reading(what)]),
];
