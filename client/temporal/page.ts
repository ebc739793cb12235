import { executionInfoFromRaw } from '@temporalio/client/lib/helpers.js';
import { call } from './call.ts';
import type { Caller } from './caller.ts';
import { toQuery, toRun, type OnboardingRun, type RunFilter } from './runs.ts';

export interface RunPage {
  /** May be fewer than asked for, also when more follow. */
  runs: OnboardingRun[];
  /** Where the next page begins; absent after the last. Temporal's own, and good for the same filter only. */
  next?: Uint8Array;
}

/** The SDK's list hides where its pages begin, so Temporal is asked directly. */
export async function readPage(
  { temporal, blind, within }: Caller,
  filter: RunFilter,
  { size, after }: { size: number; after?: Uint8Array },
): Promise<RunPage> {
  const { namespace, loadedDataConverter } = blind.options;
  const query = toQuery(filter);
  return call(temporal, { address: 'the list', within, by: 'temporal' }, async () => {
    const page = await blind.workflowService.listWorkflowExecutions({
      namespace,
      query,
      pageSize: size,
      ...(after && { nextPageToken: after }),
    });
    const infos = page.executions.map((raw) => executionInfoFromRaw(raw, loadedDataConverter, raw, namespace));
    const runs = (await Promise.all(infos)).flatMap((info) => toRun(info) ?? []);
    return page.nextPageToken.length === 0 ? { runs } : { runs, next: page.nextPageToken };
  });
}
