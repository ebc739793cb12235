import { tsToMs } from '@temporalio/common/lib/time.js';
import type { temporal } from '@temporalio/proto';
import { RUN_TYPES, parseRunId, runId, type RunType } from '../../contract/ids.ts';
import { ACCOUNT } from '../../contract/search-attributes.ts';
import { ask, type Runs } from './runs.ts';

type Info = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** A run of one customer's account, as Temporal lists it. Instants in epoch milliseconds. */
export interface CustomerRun {
  type: RunType;
  reference: string;
  workflowId: string;
  runId: string;
  startedAt: number;
  /** Absent while it is open. */
  endedAt?: number;
  /** It has told its account's keyed hash, so there is an account. */
  accountKnown: boolean;
}

interface Page<Found> {
  found: Found[];
  token: Uint8Array;
}

/** References in one query, so that it stays short. */
const ASKED_AT_ONCE = 50;

/** Runs in one page, where all are wanted. */
const MOST = 500;

const NOTHING = new Uint8Array();

/** Customers' runs, as `listed` has them. */
export async function listPage(
  runs: Runs,
  where: string,
  paging: { pageSize: number; token?: Uint8Array },
): Promise<Page<CustomerRun>> {
  const { found, token } = await listed(runs, where, paging);
  return { found: found.flatMap(toRun), token };
}

/** Open runs first, then those that ended last. */
export async function listed(
  runs: Runs,
  where: string,
  { pageSize, token = NOTHING }: { pageSize: number; token?: Uint8Array },
): Promise<Page<Info>> {
  return pageOf(runs, `ExecutionStatus != 'ContinuedAsNew' AND ${where}`, { pageSize, token });
}

/** Every one that there is, also of what began anew: the runs before as well. Not for a query that finds more than a customer's. */
export async function listedWhole(runs: Runs, where: string): Promise<Info[]> {
  return whole((token) => pageOf(runs, `(${where})`, { pageSize: MOST, token }));
}

/** Only of this deployment's queue: a namespace may hold several, each with tenants of its own. */
async function pageOf(
  runs: Runs,
  where: string,
  { pageSize, token }: { pageSize: number; token: Uint8Array },
): Promise<Page<Info>> {
  const { connection, options } = runs.client;
  const query = `TaskQueue = ${quoted(runs.taskQueue)} AND ${where}`;
  const request = { namespace: options.namespace, query, pageSize, nextPageToken: token };
  const answer = await ask(runs, () => connection.workflowService.listWorkflowExecutions(request));
  return { found: answer.executions ?? [], token: answer.nextPageToken ?? NOTHING };
}

async function whole<Found>(read: (token: Uint8Array) => Promise<Page<Found>>): Promise<Found[]> {
  const found: Found[] = [];
  let token: Uint8Array = NOTHING;
  do {
    const page = await read(token);
    found.push(...page.found);
    token = page.token;
  } while (token.length > 0);
  return found;
}

/** All runs of these references, newest start last. */
export async function runsOf(
  runs: Runs,
  provider: string,
  references: readonly string[],
): Promise<Map<string, CustomerRun[]>> {
  const all = new Map<string, CustomerRun[]>(references.map((reference) => [reference, []]));
  for (let at = 0; at < references.length; at += ASKED_AT_ONCE) {
    const some = references.slice(at, at + ASKED_AT_ONCE);
    const ids = some.flatMap((reference) => RUN_TYPES.map((type) => quoted(runId({ type, provider, reference }))));
    const where = `WorkflowId IN (${ids.join(', ')})`;
    const found = await whole((token) => listPage(runs, where, { pageSize: MOST, token }));
    for (const run of found) all.get(run.reference)?.push(run);
  }
  for (const each of all.values()) each.sort((a, b) => a.startedAt - b.startedAt);
  return all;
}

/** What the list shows of the provider's customers, members' own runs excepted. */
export function ofProvider(provider: string, asOf: number): string {
  const ids = RUN_TYPES.map((type) => `WorkflowId STARTS_WITH ${quoted(`${type}.${provider}.`)}`);
  return `(${ids.join(' OR ')}) AND StartTime <= ${quoted(new Date(asOf).toISOString())}`;
}

/** The one of them that the list names first. */
export function firstListed(runs: readonly CustomerRun[]): CustomerRun | undefined {
  return runs.toSorted((a, b) => (b.endedAt ?? Infinity) - (a.endedAt ?? Infinity) || b.startedAt - a.startedAt)[0];
}

function toRun({ execution, startTime, closeTime, searchAttributes }: Info): CustomerRun[] {
  const address = parseRunId(execution?.workflowId ?? '');
  if (!address || address.member !== undefined) return [];
  return [
    {
      type: address.type,
      reference: address.reference,
      workflowId: execution!.workflowId!,
      runId: execution!.runId!,
      startedAt: tsToMs(startTime),
      accountKnown: searchAttributes?.indexedFields?.[ACCOUNT.name] !== undefined,
      ...(closeTime ? { endedAt: tsToMs(closeTime) } : {}),
    },
  ];
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
