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

/** How many runs a query in Temporal's list language finds, without reading them. The list lags behind by about a second. */
export async function counted({ temporal, blind, within }: Caller, query: string): Promise<number> {
  const { count } = await call(temporal, { address: 'the list', within, by: 'temporal' }, () => blind.count(query));
  return count;
}

export function countRuns(caller: Caller, filter: RunFilter): Promise<number> {
  return counted(caller, toQuery(filter));
}
