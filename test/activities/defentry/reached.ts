import { PROVIDER_CAPABILITIES } from '../../../contract/provider-capabilities.ts';
import type { Reached } from '../routes.ts';
import { POLL, SSN, openDesk, requestFor } from './desk.ts';

const WHO = { email: 'anna@example.com', scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;

const reading = async (what: string) => {
  const desk = await openDesk();
  const accountId = await desk.account();
  return () => desk.steps.readDetail({ accountId, what });
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
      const desk = await openDesk();
      await desk.account({ ssn: SSN });
      return () =>
        desk.steps.checkUniqueness({
          request: requestFor({ ssn: SSN, email: 'other@example.com' }, { reference: 'ref-2' }),
        });
    },
  ],
  [
    'sendVerification',
    async () => {
      const desk = await openDesk();
      const accountId = await desk.account();
      return () => desk.steps.sendVerification({ accountId });
    },
  ],
  [
    'startIdentification',
    async () => {
      const desk = await openDesk();
      const accountId = await desk.account();
      return () => desk.steps.startIdentification({ accountId, ...WHO });
    },
  ],
  [
    'awaitIdentification',
    async () => {
      const desk = await openDesk();
      const accountId = await desk.account();
      const { identificationId } = await desk.steps.startIdentification({ accountId, ...WHO });
      return () => desk.steps.awaitIdentification({ accountId, email: WHO.email, identificationId, ...POLL });
    },
  ],
  ...PROVIDER_CAPABILITIES.defentry.reads.map((what): Reached => [`onboard read ${what}`, () => reading(what)]),
];
