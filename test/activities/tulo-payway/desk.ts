import type { OnboardingRequest, Person } from '../../../contract/request.ts';
import { createTuloPayway } from '../../../activities/tulo-payway/provider.ts';
import type { TuloPaywayActivities } from '../../../activities/tulo-payway/provider.ts';
import { createTuloPaywaySandbox } from '../../../sandbox/tulo-payway/index.ts';
import type { PaywayOptionsInput, TuloPaywaySandbox } from '../../../sandbox/tulo-payway/index.ts';
import type { Effect } from '../../../sandbox/tulo-payway/model.ts';
import { configFor } from './settings.ts';

export { attempts, failureOf, inActivity } from '../activity.ts';

/** The provider's steps against a sandbox of their own. */
export interface Desk {
  sandbox: TuloPaywaySandbox;
  url: string;
  steps: TuloPaywayActivities;
  /** How often it happened. */
  count(effect: Effect): number;
  /** Does what the customer would do with the newest open mail of this kind. */
  act(kind: string, action?: string): void;
  /** The code in the newest open mail of this kind. */
  code(kind: string): string;
  /** An account of ours, created and not yet verified. */
  account(person?: Partial<Person>, rest?: Partial<OnboardingRequest>): Promise<string>;
}

const open: TuloPaywaySandbox[] = [];

export async function openDesk(options: PaywayOptionsInput = {}, env: Record<string, string> = {}): Promise<Desk> {
  const sandbox = createTuloPaywaySandbox({ tuloPayway: options });
  open.push(sandbox);
  const url = await sandbox.listen();
  const steps = createTuloPayway(configFor(url, env)).activities;
  const newest = (kind: string) => {
    const item = sandbox.outbox.open().findLast((each) => each.kind === kind);
    if (!item) throw new Error(`there is no open ${kind}`);
    return item;
  };
  return {
    sandbox,
    url,
    steps,
    count: (effect) => sandbox.ledger.entries({ effect }).length,
    act: (kind, action) => void sandbox.act(newest(kind).id, action),
    code: (kind) => newest(kind).code ?? '',
    account: async (person, rest) => (await steps.createAccount({ request: requestFor(person, rest) })).accountId,
  };
}

export async function closeDesks(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

export function requestFor(person: Partial<Person> = {}, rest: Partial<OnboardingRequest> = {}): OnboardingRequest {
  const base = { firstName: 'Anna', lastName: 'Berg', email: 'anna@example.com' };
  return { provider: 'tulo-payway', reference: 'ref-1', kind: 'family', person: { ...base, ...person }, ...rest };
}

export const MEMBER = { reference: 'm1', person: { firstName: 'Bo', lastName: 'Berg', email: 'bo@example.com' } };
/** The account of `requestFor()`, as undo names it. */
export const OWN = { reference: 'ref-1', person: { email: 'anna@example.com' } };
export const SSN = '19620817-9256';
export const POLL = { firstPoll: 'PT10M', maxPoll: 'PT1H' };
/** A package that the sandbox has and that can be shared. */
export const PACKAGE = { planId: 'digital' };
