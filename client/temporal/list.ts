import { call, type Call } from './call.ts';
import type { Caller } from './caller.ts';
import { toQuery, toRun, type OnboardingRun, type RunFilter } from './runs.ts';

/** Newest first. Temporal's list lags behind by about a second. */
export async function* listRuns(
  { temporal, blind, within }: Caller,
  filter: RunFilter,
): AsyncGenerator<OnboardingRun, void> {
  const runs = blind.list({ query: toQuery(filter), pageSize: 100 })[Symbol.asyncIterator]();
  const spec: Call = { address: 'the list', within, by: 'temporal' };
  for (;;) {
    const next = await call(temporal, spec, () => runs.next());
    if (next.done) return;
    const run = toRun(next.value);
    if (run) yield run;
  }
}

/** How many there are, without reading them. */
export async function countRuns({ temporal, blind, within }: Caller, filter: RunFilter): Promise<number> {
  const spec: Call = { address: 'the list', within, by: 'temporal' };
  const { count } = await call(temporal, spec, () => blind.count(toQuery(filter)));
  return count;
}
