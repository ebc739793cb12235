import type { OnboardingRequest, Person } from '../../../contract/request.ts';
import { createDefentry } from '../../../activities/defentry/provider.ts';
import type { DefentryActivities } from '../../../activities/defentry/provider.ts';
import { createDefentrySandbox } from '../../../sandbox/defentry/index.ts';
import type { DefentryOptionsInput, DefentrySandbox } from '../../../sandbox/defentry/index.ts';
import type { Effect } from '../../../sandbox/defentry/model.ts';
import { EID_PATHS, WATCHLISTS, configFor } from './settings.ts';

export { failureOf, inActivity } from '../activity.ts';

/** The provider's steps against a sandbox of their own, on a tenant where the SSN is optional. */
export interface Desk {
  sandbox: DefentrySandbox;
  url: string;
  steps: DefentryActivities;
  /** How often it happened. */
  count(effect: Effect): number;
  /** Does what the customer would do with the newest open mail or task of this kind. */
  act(kind: string, action?: string): void;
  /** An account of ours, created and not yet verified. */
  account(person?: Partial<Person>): Promise<string>;
}

const open: DefentrySandbox[] = [];

export async function openDesk(options: DefentryOptionsInput = {}, env: Record<string, string> = {}): Promise<Desk> {
  const sandbox = createDefentrySandbox({ defentry: { ssnRequired: false, ...options } });
  open.push(sandbox);
  const url = await sandbox.listen();
  const config = configFor(url, { DEFENTRY_SSN_REQUIRED: 'false', ...EID_PATHS, ...WATCHLISTS, ...env });
  const steps = createDefentry(config).activities;
  return {
    sandbox,
    url,
    steps,
    count: (effect) => sandbox.ledger.entries({ effect }).length,
    act(kind, action) {
      const item = sandbox.outbox.open().findLast((each) => each.kind === kind);
      if (!item) throw new Error(`there is no open ${kind}`);
      sandbox.act(item.id, action);
    },
    account: async (person) => (await steps.createAccount({ request: requestFor(person) })).accountId,
  };
}

export async function closeDesks(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

export function requestFor(person: Partial<Person> = {}, rest: Partial<OnboardingRequest> = {}): OnboardingRequest {
  const base = {
    firstName: 'Anna',
    lastName: 'Berg',
    email: 'anna@example.com',
    languageCode: 'sv',
    countryCode: 'SE',
  };
  return { provider: 'defentry', reference: 'ref-1', kind: 'family', person: { ...base, ...person }, ...rest };
}

export const MEMBER = { reference: 'm1', person: { firstName: 'Bo', lastName: 'Berg', email: 'bo@example.com' } };
/** The account of `requestFor()`, as undo names it. */
export const OWN = { reference: 'ref-1', person: { email: 'anna@example.com' } };
export const SSN = '19900101-1234';
export const POLL = { firstPoll: 'PT10M', maxPoll: 'PT1H' };
