import { WorkflowExecutionAlreadyStartedError, type Workflow, type WorkflowExecutionInfo } from '@temporalio/client';
import { reconciliationId } from '../contract/ids.ts';
import { type ReconcileInput, type Reconciliation, type ReconciliationProgress } from '../contract/reconciliation.ts';
import type { Accountable } from '../contract/progress.ts';
import { PROVIDER } from '../contract/search-attributes.ts';
import { reconciliationSummary } from '../contract/start.ts';
import { RECONCILE, reconciliationProgress } from '../contract/messages.ts';
import { call } from './temporal/call.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { OnboardingNotFound } from './errors.ts';
import { looksPersonal } from './requests/personal-reference.ts';
import { checkReconcile } from './requests/reconciliation.ts';
import { ReconciliationSchedules } from './reconciliation-schedules.ts';
import { withSecondPerson, type Confirming } from './second-person.ts';
import { repairOf, requestRepair, requestRepairs, type Repair, type Repaired, type RepairTaken } from './repair.ts';
import { resultOf } from './temporal/result.ts';
import { watch, type WatchOptions } from './temporal/watch.ts';

/** Comparisons of what our runs say with what the provider says. They read; only `repair` changes anything. */
export class Reconciliations {
  readonly schedules: ReconciliationSchedules;
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
    this.schedules = new ReconciliationSchedules(caller);
  }

  /** Starts one of a whole provider, or of one account. `started: false`: one is under way already, and is meant from here on. */
  async start(input: unknown): Promise<{ workflowId: string; started: boolean }> {
    const checked = checkReconcile(input);
    const { temporal, taskQueue } = this.#caller;
    const target = this.#of(checked);
    const { workflowId } = target;
    return call(temporal, target, async () => {
      try {
        await temporal.workflow.start<Workflow>(RECONCILE, {
          workflowId,
          taskQueue,
          args: [checked],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          staticSummary: reconciliationSummary(checked),
          typedSearchAttributes: [{ key: PROVIDER, value: checked.provider }],
          priority: { priorityKey: 5 },
        });
        return { workflowId, started: true };
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return { workflowId, started: false };
        throw error;
      }
    });
  }

  async progress(input: ReconcileInput): Promise<ReconciliationProgress> {
    return this.#caller.query(this.#of(input), reconciliationProgress);
  }

  /** Whether the newest one is over; needs no worker. */
  async hasEnded(input: ReconcileInput): Promise<boolean> {
    const { ended } = await this.#caller.look(this.#of(input));
    return ended;
  }

  /** Each change of the progress, then the report as the generator's return value. Outlives outages of Temporal and of the workers. */
  watch(
    input: ReconcileInput,
    options: WatchOptions = {},
  ): AsyncGenerator<ReconciliationProgress, Reconciliation | undefined> {
    const look = async () => this.#caller.look(this.#of(input));
    const progress = () => this.progress(input);
    const result = () => this.result(input, { within: this.#caller.within });
    return watch({ look, progress, result }, options);
  }

  /** Waits for the end; `within` in milliseconds, as long as it takes by default. */
  async result(input: ReconcileInput, { within = Infinity }: { within?: number } = {}): Promise<Reconciliation> {
    return shown(await resultOf<Reconciliation>(this.#caller.temporal, this.#of(input), within));
  }

  /** The report of the newest run over all accounts of the provider that has come to its end, whether asked for or by schedule. */
  async latest(provider: string): Promise<Reconciliation> {
    const { provider: known } = checkReconcile({ provider });
    const { temporal, blind, taskQueue, within } = this.#caller;
    const id = reconciliationId(known);
    const query = [
      `WorkflowType = '${RECONCILE}'`,
      `ExecutionStatus = 'Completed'`,
      `TaskQueue = '${taskQueue.replaceAll("'", "''")}'`,
      // A schedule puts the time of the run behind the id.
      `(WorkflowId = '${id}' OR WorkflowId STARTS_WITH '${id}-')`,
    ].join(' AND ');
    const target = { ...this.#of({ provider: known }), address: `A completed reconciliation of ${known}` };
    const found = await call(temporal, target, () => first(blind.list({ query, pageSize: 1 })));
    if (!found) throw new OnboardingNotFound(target.address);
    return shown(await resultOf<Reconciliation>(temporal, { ...target, ...found }, within));
  }

  /**
   * What `repair` would do about the report's findings, which is nothing for most kinds: they need a person. Who asks and why stay on record
   * with each change.
   */
  repairs(report: Reconciliation, onRecord: Accountable = {}): Repair[] {
    return report.findings.flatMap((finding) => repairOf(report.provider, finding, onRecord) ?? []);
  }

  /** Has the change made by the run of the account's changes. The same finding again is the same change. */
  async repair(repair: Repair): Promise<RepairTaken> {
    return requestRepair(this.#caller, repair);
  }

  /**
   * All of these, one after the other. One that is refused does not keep the others; an aborted `signal` leaves those that have not begun. With
   * more than one person may have repaired at once, a second must confirm (`ConfirmationNeeded`).
   */
  async *repairAll(
    repairs: readonly Repair[],
    { signal, ...confirming }: Confirming & { signal?: AbortSignal } = {},
  ): AsyncGenerator<Repaired, void> {
    const by = repairs[0]?.change.by;
    const what = { repair: repairs.map(({ change }) => change.changeId).toSorted() };
    const order = { what, count: repairs.length, ...(by !== undefined && { by }) };
    const onRecord = await withSecondPerson(this.#caller, order, confirming);
    const allowed =
      onRecord === by ? repairs : repairs.map((one) => ({ ...one, change: { ...one.change, by: onRecord! } }));
    yield* requestRepairs(this.#caller, allowed, signal);
  }

  async cancel(input: ReconcileInput): Promise<void> {
    return this.#caller.cancel(this.#of(input));
  }

  #of(input: ReconcileInput): Target {
    const { provider, reference } = checkReconcile(input);
    const workflowId = reconciliationId(provider, reference);
    const address = `The reconciliation of ${provider}${reference === undefined ? '' : `/${reference}`}`;
    return { address, workflowId, within: this.#caller.within, by: 'temporal' };
  }
}

async function first(
  runs: AsyncIterable<WorkflowExecutionInfo>,
): Promise<{ workflowId: string; runId: string } | undefined> {
  for await (const { workflowId, runId } of runs) return { workflowId, runId };
  return undefined;
}

/** What another system has put where our references are may be personal data; the account's id still says which one is meant. */
function shown(report: Reconciliation): Reconciliation {
  const findings = report.findings.map((finding) =>
    looksPersonal(finding.reference) === undefined ? finding : { ...finding, reference: 'withheld' },
  );
  return { ...report, findings };
}
