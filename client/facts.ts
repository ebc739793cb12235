import type { ChangeProgress, ChangesProgress, KeptChange } from '../contract/change.ts';
import { memberPrefix, RUN_TYPES, runId, type RunAddress } from '../contract/ids.ts';
import * as messages from '../contract/messages.ts';
import type { Decision } from '../contract/progress.ts';
import { shown } from './changes-result.ts';
import { OnboardingNotFound } from './errors.ts';
import { nameOf } from './temporal/address.ts';
import { call } from './temporal/call.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { toRun, type OnboardingRun } from './temporal/runs.ts';

/** One thing that people decided or asked for. Reasons are their own words. */
export type CustomerFact = RunAddress & { runId: string } & (
    { fact: 'decision'; decision: Decision } | { fact: 'change'; change: ChangeProgress }
  );

/** Of all runs of a customer and its members that Temporal keeps, oldest run first. A run that does not answer fails the whole: nothing is left out. */
export async function factsOf(caller: Caller, provider: string, reference: string): Promise<CustomerFact[]> {
  const runs = await allRuns(caller, provider, reference);
  if (runs.length === 0) throw new OnboardingNotFound(nameOf({ type: 'onboarding', provider, reference }));
  const facts: CustomerFact[] = [];
  for (const run of runs) facts.push(...(await told(caller, run)));
  return facts;
}

async function told(caller: Caller, run: OnboardingRun): Promise<CustomerFact[]> {
  const { type, provider, reference, member } = run;
  const of = { type, provider, reference, ...(member !== undefined && { member }), runId: run.runId };
  const target: Target = { ...caller.to(of), runId: run.runId };
  const decisions = await caller.query(target, messages.decisions);
  const changes = type === 'change' ? await changesOf(caller, target) : [];
  return [
    ...changes.map((change): CustomerFact => ({ ...of, fact: 'change', change })),
    ...decisions.map((decision): CustomerFact => ({ ...of, fact: 'decision', decision })),
  ];
}

async function changesOf(caller: Caller, target: Target): Promise<ChangeProgress[]> {
  return shown(await caller.query<ChangesProgress<KeptChange>>(target, messages.changeProgress)).changes;
}

/** As Temporal lists them, which lags behind, and the newest of each kind as it knows them by id. */
async function allRuns(caller: Caller, provider: string, reference: string): Promise<OnboardingRun[]> {
  const targets = RUN_TYPES.map((type) => caller.to({ type, provider, reference }));
  const ids = targets.map(({ workflowId }) => `'${workflowId}'`).join(', ');
  const query = `(WorkflowId IN (${ids}) OR WorkflowId STARTS_WITH '${memberPrefix(provider, reference)}') AND ExecutionStatus != 'ContinuedAsNew'`;
  const listed = await call(caller.temporal, targets[0]!, async () => {
    const found: OnboardingRun[] = [];
    for await (const info of caller.blind.list({ query })) {
      const run = toRun(info);
      if (run) found.push(run);
    }
    return found;
  });
  const newest = await Promise.all(RUN_TYPES.map((type) => caller.find({ type, provider, reference })));
  const all = new Map([...listed, ...newest.filter((run) => run !== undefined)].map((run) => [run.runId, run]));
  return [...all.values()].toSorted(
    (a, b) => a.startedAt.localeCompare(b.startedAt) || runId(a).localeCompare(runId(b)),
  );
}
