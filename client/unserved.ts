import { RUN_TYPES } from '../contract/ids.ts';
import { PROVIDERS } from '../contract/request.ts';
import { OnboardingError } from './errors.ts';
import { call } from './temporal/call.ts';
import type { Caller } from './temporal/caller.ts';
import { readPage } from './temporal/page.ts';
import { pollersOf } from './temporal/pollers.ts';

/** Why a provider's runs do not go on: Temporal keeps their calls until somebody takes them. Nothing where a worker polls its queue. */
export async function unserved(caller: Caller, provider: string): Promise<OnboardingError | undefined> {
  const { temporal, taskQueue, within } = caller;
  const { workers } = await call(temporal, { address: 'the queue', within, by: 'temporal' }, () =>
    pollersOf(temporal, taskQueue, provider),
  );
  if (workers > 0) return undefined;
  const remedy = `start one with "onboard worker --role ${provider}"`;
  return new OnboardingError('WorkerUnavailable', `No worker serves ${provider}, so its runs wait; ${remedy}.`);
}

/** Of the providers that have open runs. */
export async function unservedProviders(
  caller: Caller,
  among: readonly string[] = PROVIDERS,
): Promise<{ provider: string; problem: OnboardingError }[]> {
  const found = among.map(async (provider) => {
    const problem = await unserved(caller, provider);
    return problem && (await hasOpenRun(caller, provider)) ? [{ provider, problem }] : [];
  });
  return (await Promise.all(found)).flat();
}

async function hasOpenRun(caller: Caller, provider: string): Promise<boolean> {
  const filter = { types: RUN_TYPES, members: true, status: 'running', provider };
  return (await readPage(caller, filter, { size: 1 })).runs.length > 0;
}
