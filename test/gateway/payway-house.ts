import { randomUUID } from 'node:crypto';
import { createTuloPayway } from '../../activities/tulo-payway/provider.ts';
import { createTuloPaywaySandbox, type TuloPaywaySandbox } from '../../sandbox/tulo-payway/index.ts';
import { configFor } from '../activities/tulo-payway/settings.ts';
import { openStack, type Stack, type StackOptions } from './stack.ts';

/** Everything between a webhook and Payway's ledger. */
export interface House {
  stack: Stack;
  sandbox: TuloPaywaySandbox;
  /** Starts an onboarding and answers when it waits for the mail, with the account that Payway made. */
  waiting: () => Promise<{ reference: string; accountId: string }>;
  close: () => Promise<void>;
}

/** No poll comes to the help of a lost event. */
export const NEVER = { firstPoll: 'PT1H', maxPoll: 'PT1H' };

export async function openHouse(options: StackOptions = {}): Promise<House> {
  const sandbox = createTuloPaywaySandbox();
  const url = await sandbox.listen();
  const stack = await openStack('tulo-payway', createTuloPayway(configFor(url)).activities, options);
  return {
    stack,
    sandbox,
    waiting: async () => {
      const { reference } = await stack.onboardings.start(request());
      await stack.untilWaiting(reference, 'verifyEmail');
      const [created] = sandbox.ledger.entries({ effect: 'account.created', externalId: reference });
      return { reference, accountId: created!.accountId };
    },
    close: async () => {
      await stack.close();
      await sandbox.close();
    },
  };
}

let people = 0;

export function request() {
  people += 1;
  return {
    provider: 'tulo-payway',
    reference: `c-${randomUUID()}`,
    kind: 'single',
    person: { firstName: 'Ada', lastName: 'Berg', email: `webhook-person-${people}@example.com` },
    policy: { emailVerified: NEVER },
  };
}
