import { randomUUID } from 'node:crypto';
import { OnboardingClient, OnboardingError } from '../../client/index.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { TemporalOptions } from '../setup/temporal.ts';
import { newAccount } from '../workflows/scripted-account.ts';
import { eventually, openSuite, type Suite } from '../workflows/suite.ts';

export interface ClientSuite extends Suite {
  onboardings: OnboardingClient;
}

/** The library on the real server, the real workflows and a scripted provider; a run's clock stands still until moved. */
export async function openClientSuite(
  deadline = 60_000,
  options: Pick<TemporalOptions, 'address' | 'clock'> = {},
): Promise<ClientSuite> {
  const suite = await openSuite({}, { clock: 'frozen', ownQueue: true, ...options });
  const { client, taskQueue } = suite.temporal;
  return { ...suite, onboardings: new OnboardingClient(client, { taskQueue, deadline }) };
}

export function singleRequest(changes: Partial<OnboardingRequest> = {}): OnboardingRequest {
  return {
    provider: 'defentry',
    reference: `c-${randomUUID()}`,
    kind: 'single',
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' },
    ...changes,
  };
}

/** What the provider says before anything has happened. Workers are dear, so tests share a suite and set this back. */
export function reset({ provider }: ClientSuite): void {
  provider.account = newAccount();
  provider.applied = { proven: true, verificationNeeded: true };
  provider.verified = false;
  provider.eid = 'pending';
  provider.accepted.clear();
  provider.failForever('removeAccount', undefined);
  provider.failForever('createAccount', undefined);
}

/** Cancels, and waits for the end: what the run takes back must not meet the account of the next test. */
export async function cancelled(onboardings: ClientSuite['onboardings'], reference: string): Promise<void> {
  await onboardings.cancel('defentry', reference);
  await eventually(
    () => onboardings.get('defentry', reference),
    ({ status }) => status !== 'running',
  );
}

/** What the library said no with; anything else is a failure of the test. */
export async function errorOf(work: Promise<unknown>): Promise<OnboardingError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OnboardingError) return error;
  throw new Error('no OnboardingError', { cause: error });
}
