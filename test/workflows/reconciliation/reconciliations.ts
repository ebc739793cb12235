import { randomUUID } from 'node:crypto';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { Holdings, ListedAccount, ManagementActivities } from '../../../contract/management.ts';
import type { ReconcileInput, Reconciliation } from '../../../contract/reconciliation.ts';
import type { Belief, RunActivities } from '../../../contract/runs.ts';
import { OUTCOME } from '../../../contract/search-attributes.ts';
import { RECONCILE } from '../../../contract/messages.ts';
import { createTemporal, type Temporal, type TemporalOptions } from '../../setup/temporal.ts';
import { ALL } from '../scripted-provider.ts';
import { dataConverter } from '../suite.ts';

/** An account as the scripted provider has it; `reference` is what its record says. */
export interface HeldAccount extends Holdings {
  accountId: string;
  reference?: string;
}

/** What our runs and the provider are to say. Both answer in pages of two. */
export interface ReconciliationSuite {
  temporal: Temporal;
  beliefs: Belief[];
  accounts: HeldAccount[];
  /** Whether the provider can list. */
  listAccounts: boolean;
  /** Thrown at each read of this account or reference; `*` at each read of all. */
  failures: Map<string, Error>;
  /** Runs before each read of the account. */
  onRead: (accountId: string) => void;
  start: (input?: Partial<ReconcileInput>) => Promise<Reconciling>;
  close: () => Promise<void>;
}

export interface Reconciling {
  handle: WorkflowHandleWithFirstExecutionRunId;
  result: () => Promise<Reconciliation>;
  /** The search attribute of the ended run. */
  outcome: () => Promise<string | undefined>;
}

type Reading = Pick<ManagementActivities, 'findAccount' | 'readHoldings' | 'listAccounts'>;

const PAGE = 2;

export async function openReconciliations(
  options: Omit<TemporalOptions, 'activities'> = {},
): Promise<ReconciliationSuite> {
  const runs: Pick<RunActivities, 'listBeliefs'> = {
    listBeliefs: async (input) => {
      if ('references' in input) {
        return { beliefs: suite.beliefs.filter(({ reference }) => input.references.includes(reference)) };
      }
      const { page, next } = cut(suite.beliefs, input.cursor);
      return { beliefs: page, ...next, ...(input.cursor === undefined ? { retention: 86_400 } : {}) };
    },
  };
  const fail = (...names: string[]) => {
    const failure = ['*', ...names].map((name) => suite.failures.get(name)).find(Boolean);
    if (failure) throw failure;
  };
  const defentry: Reading = {
    findAccount: async ({ reference }) => {
      fail(reference);
      const found = suite.accounts.find((account) => account.reference === reference && account.exists);
      return {
        capabilities: { ...ALL, listAccounts: suite.listAccounts },
        ...(found && { accountId: found.accountId }),
      };
    },
    readHoldings: async ({ accountId }) => {
      suite.onRead(accountId);
      fail(accountId);
      return suite.accounts.find((account) => account.accountId === accountId) ?? NONE;
    },
    listAccounts: async ({ cursor }) => {
      fail('the list');
      const { page, next } = cut(
        suite.accounts.filter(({ exists }) => exists),
        cursor,
      );
      return { accounts: page satisfies ListedAccount[], ...next };
    },
  };
  const temporal = await createTemporal({ dataConverter, ...options, activities: { defentry, runs } });
  const suite: ReconciliationSuite = {
    temporal,
    beliefs: [],
    accounts: [],
    listAccounts: true,
    failures: new Map(),
    onRead: () => {},
    start: (input) => start(temporal, input),
    close: () => temporal.close(),
  };
  return suite;
}

async function start({ client, taskQueue }: Temporal, input: Partial<ReconcileInput> = {}): Promise<Reconciling> {
  const handle = await client.workflow.start(RECONCILE, {
    // Of its own, so that tests do not wait for each other.
    workflowId: `reconciliation.defentry.${randomUUID()}`,
    taskQueue,
    args: [{ provider: 'defentry', ...input }],
  });
  return {
    handle,
    result: () => handle.result() as Promise<Reconciliation>,
    outcome: async () => (await handle.describe()).typedSearchAttributes.get(OUTCOME),
  };
}

const NONE: Holdings = {
  exists: false,
  active: 'unknown',
  emailVerified: 'unknown',
  ssnPresent: 'unknown',
  ssnMonitoring: 'unknown',
};

/** Believed and there, and all is well. Either side may be told otherwise, or be left out. */
export function add(
  suite: ReconciliationSuite,
  reference: string,
  { belief, account }: { belief?: Partial<Belief> | false; account?: Partial<HeldAccount> | false } = {},
): void {
  const accountId = `acc-${reference}`;
  if (belief !== false) {
    suite.beliefs.push({
      reference,
      accountId,
      account: 'active',
      open: false,
      ssnMonitoring: 'no',
      asOf: '2026-11-01T00:00:00.000Z',
      ...belief,
    });
  }
  if (account !== false) {
    suite.accounts.push({
      accountId,
      reference,
      exists: true,
      active: 'yes',
      emailVerified: 'yes',
      ssnPresent: 'yes',
      ssnMonitoring: 'no',
      ...account,
    });
  }
}

/** One of each kind among accounts that agree, over several pages. */
export function mixed(suite: ReconciliationSuite): void {
  add(suite, 'well-1');
  add(suite, 'gone', { account: false });
  add(suite, 'unmonitored', { belief: { ssnMonitoring: 'yes' } });
  add(suite, 'well-2');
  add(suite, 'monitored', { account: { ssnMonitoring: 'yes' } });
  add(suite, 'inactive', { account: { active: 'no' } });
  add(suite, 'removed', { belief: { account: 'none' }, account: false });
  add(suite, 'lost-member', { belief: { members: [{ reference: 'anna', accepted: true }] }, account: { members: [] } });
  add(suite, 'under-way', { belief: { open: true }, account: { active: 'no' } });
  add(suite, 'nobodys', { belief: false });
  suite.accounts.push({ ...suite.accounts[0]!, accountId: 'acc-other-system', reference: 'someone@example.com' });
  suite.accounts.push({ ...suite.accounts[0]!, accountId: 'acc-twice', reference: 'well-1' });
}

function cut<T>(all: readonly T[], cursor = '0'): { page: T[]; next: { cursor?: string } } {
  const at = Number(cursor);
  const next = at + PAGE < all.length ? { cursor: String(at + PAGE) } : {};
  return { page: all.slice(at, at + PAGE), next };
}
