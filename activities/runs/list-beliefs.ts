import pMap from 'p-map';
import { onboardingId } from '../../contract/ids.ts';
import type { Belief, BeliefPage, ListBeliefsInput, RunActivities } from '../../contract/runs.ts';
import { believe } from './belief.ts';
import { toldBy, type Told } from './endings.ts';
import { firstListed, listPage, ofProvider, runsOf, type CustomerRun } from './list.ts';
import { ask, isOpen, type Runs } from './runs.ts';

const PAGE_SIZE = 50;

/** Runs read at the same time: Temporal has others to serve. */
const AT_ONCE = 5;

/** Of a walk through all references: where it is, and as of when. */
interface Cursor {
  asOf: number;
  token?: string;
}

export function listBeliefs(runs: Runs): RunActivities['listBeliefs'] {
  return async (input) => {
    if ('references' in input) return { beliefs: await beliefsOf(runs, input.provider, input.references) };
    return page(runs, input);
  };
}

/**
 * Each reference comes with the run of it that the list names first, as of the start of the walk. An open run that ends meanwhile moves
 * behind the cursor, never before it.
 */
async function page(
  runs: Runs,
  { provider, cursor }: Extract<ListBeliefsInput, { cursor?: string }>,
): Promise<BeliefPage> {
  const { asOf, token }: Cursor = cursor === undefined ? { asOf: Date.now() } : JSON.parse(cursor);
  const listed = await listPage(runs, ofProvider(provider, asOf), {
    pageSize: PAGE_SIZE,
    ...(token === undefined ? {} : { token: Buffer.from(token, 'base64url') }),
  });
  const all = await runsOf(runs, provider, [...new Set(listed.found.map(({ reference }) => reference))]);
  const here = new Set(listed.found.map(({ runId }) => runId));
  const due = [...all].filter(([, each]) =>
    here.has(firstListed(each.filter((run) => run.startedAt <= asOf))?.runId ?? ''),
  );
  const next = Buffer.from(listed.token).toString('base64url');
  return {
    beliefs: await pMap(due, ([reference, each]) => belief(runs, reference, each), { concurrency: AT_ONCE }),
    ...(next === '' ? {} : { cursor: JSON.stringify({ asOf, token: next } satisfies Cursor) }),
    ...(cursor === undefined ? { retention: await retention(runs) } : {}),
  };
}

async function beliefsOf(runs: Runs, provider: string, references: readonly string[]): Promise<Belief[]> {
  const all = await runsOf(runs, provider, references);
  const found = await pMap(
    all,
    async ([reference, each]) => {
      if (each.length > 0) return belief(runs, reference, each);
      // The list lags behind: a run that it does not show yet may have made the account.
      return (await isOpen(runs, onboardingId(provider, reference))) !== undefined
        ? belief(runs, reference, [])
        : undefined;
    },
    { concurrency: AT_ONCE },
  );
  return found.filter((one) => one !== undefined);
}

/** What came before the newest onboarding was about another account, or was the same one's undone beginning. */
async function belief(runs: Runs, reference: string, all: readonly CustomerRun[]): Promise<Belief> {
  const since = all.findLastIndex(({ type }) => type === 'onboarding');
  const told: Told[] = [];
  for (const run of all.slice(Math.max(0, since))) told.push(await toldBy(runs, run));
  return believe(reference, told);
}

async function retention(runs: Runs): Promise<number> {
  const { connection, options } = runs.client;
  const { config } = await ask(runs, () =>
    connection.workflowService.describeNamespace({ namespace: options.namespace }),
  );
  return Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
}
