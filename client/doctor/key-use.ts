import type { Client } from '@temporalio/client';
import { MOST_SEALED } from '../../encryption/sealed-count.ts';
import type { CheckResult } from './check-result.ts';

/** More than a run with all its members' signals, retries and looks seals: a single onboarding has 45 events. */
const PER_RUN = 100;

/** How much the writing key may have sealed, by the runs that Temporal keeps. The metric of workers and gateways counts what it has. */
export async function checkKeyUse(temporal: Client, workflowQueue: string): Promise<CheckResult> {
  const { count } = await temporal.workflow.count(`TaskQueue = '${workflowQueue.replaceAll("'", "''")}'`);
  return keyUseOf(count);
}

/** @internal */
export function keyUseOf(runs: number): CheckResult {
  const sealed = runs * PER_RUN;
  const detail = `${runs} runs, so at most about ${sealed} payloads of the ${MOST_SEALED} that one key may seal`;
  if (sealed < MOST_SEALED / 2) return { check: 'key use', state: 'ok', detail };
  const remedy =
    'Put a new key in front (see "Rotate keys"), and look what onboarding_payloads_sealed_total says of the old one.';
  return { check: 'key use', state: 'warning', detail, remedy };
}
