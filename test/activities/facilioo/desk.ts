import type { OnboardingRequest, Person } from '../../../contract/request.ts';
import { createClient } from '../../../activities/facilioo/client.ts';
import type { FaciliooClient } from '../../../activities/facilioo/client.ts';
import { createFacilioo } from '../../../activities/facilioo/provider.ts';
import type { FaciliooActivities } from '../../../activities/facilioo/provider.ts';
import { createFaciliooSandbox } from '../../../sandbox/facilioo/index.ts';
import type { FaciliooOptionsInput, FaciliooSandbox } from '../../../sandbox/facilioo/index.ts';
import type { Effect } from '../../../sandbox/facilioo/model.ts';
import { configFor } from './settings.ts';

export { failureOf } from '../activity.ts';

/** The provider's steps against a sandbox of their own. */
export interface Desk {
  sandbox: FaciliooSandbox;
  url: string;
  steps: FaciliooActivities;
  checkLogin: () => Promise<void>;
  /** Another caller with the same login. */
  client: FaciliooClient;
  /** How often it happened. */
  count(effect: Effect): number;
}

const open: FaciliooSandbox[] = [];

export async function openDesk(
  options: FaciliooOptionsInput = {},
  env: Record<string, string | undefined> = {},
): Promise<Desk> {
  const sandbox = createFaciliooSandbox({ facilioo: options });
  open.push(sandbox);
  const url = await sandbox.listen();
  const config = configFor(url, env);
  const facilioo = createFacilioo(config);
  const count = (effect: Effect): number => sandbox.ledger.entries({ effect }).length;
  return {
    sandbox,
    url,
    steps: facilioo.activities,
    checkLogin: () => facilioo.checkLogin(),
    client: createClient(config),
    count,
  };
}

export async function closeDesks(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

/** In a User party of the sandbox. */
export function requestFor(rest: Partial<OnboardingRequest> = {}, person: Partial<Person> = {}): OnboardingRequest {
  const base = { firstName: 'Erika', lastName: 'Muster', email: 'erika@example.com' };
  return {
    provider: 'facilioo',
    reference: 'ref-1',
    kind: 'single',
    holderId: '4000',
    ...rest,
    person: { ...base, ...person },
  };
}
