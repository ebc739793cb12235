import { TULO_PAYWAY_READS } from '../../../contract/provider-capabilities.ts';
import type { Reached } from '../routes.ts';
import { CUSTOMER, FOR_CUSTOMER, openCustomerDesk } from './customers.ts';
import { POLL, SSN, openDesk, requestFor } from './desk.ts';

const reading = async (what: string) => {
  const desk = await openDesk();
  const accountId = await desk.account();
  return () => desk.steps.readDetail({ accountId, what, by: SSN });
};

const NEW = 'new@example.com';

/** An account whose new address waits to be verified. */
const changing = async () => {
  const later = 'replaces-when-confirmed';
  const desk = await openDesk({ changedEmail: later }, { TULO_PAYWAY_CHANGED_EMAIL: later });
  const accountId = await desk.account();
  desk.act('verify-email');
  await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change: { kind: 'change-email', email: NEW } });
  return { desk, accountId };
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
      const { steps } = await openCustomerDesk();
      return () => steps.checkUniqueness({ request: requestFor({}, FOR_CUSTOMER) });
    },
  ],
  [
    'sendPasswordReset',
    async () => {
      const desk = await openDesk();
      const accountId = await desk.account();
      return () => desk.steps.sendPasswordReset({ accountId, email: 'anna@example.com' });
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
    'confirmEmail',
    async () => {
      const changed = await changing();
      return () =>
        changed.desk.steps.confirmEmail({ accountId: changed.accountId, code: changed.desk.code('change-email') });
    },
  ],
  [
    'awaitEmailChanged',
    async () => {
      const { desk, accountId } = await changing();
      return () => desk.steps.awaitEmailChanged({ accountId, email: NEW, ...POLL });
    },
  ],
  ...TULO_PAYWAY_READS.map((what): Reached => [`onboard read ${what}`, () => reading(what)]),
  [
    'onboard read candidate',
    async () => {
      const { steps } = await openDesk({ candidates: [CUSTOMER] });
      return () => steps.readDetail({ what: 'candidate', by: CUSTOMER.customer_number });
    },
  ],
];
