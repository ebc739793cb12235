import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { encryptionCodec } from '../../encryption/codec.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { isKeyFileOpen } from '../../encryption/key-source.ts';
import { REPORTED_PROBLEMS, SEARCH_ATTRIBUTES } from '../../contract/search-attributes.ts';
import { ONBOARD_CUSTOMER } from '../../contract/messages.ts';
import { blindClient } from '../temporal/blind-client.ts';
import { pollersOf } from '../temporal/pollers.ts';
import type { CheckResult } from './check-result.ts';

/** As `temporal operator search-attribute create` spells the types that we use. */
const CLI_TYPE: Record<string, string> = { KEYWORD: 'Keyword', DATETIME: 'Datetime' };

export async function checkKey(keyRing: KeyRing, env: NodeJS.ProcessEnv): Promise<CheckResult> {
  const codec = encryptionCodec(keyRing);
  const data = Buffer.from('round trip');
  const sealed = await codec.encode([{ metadata: {}, data }]);
  const [opened] = await codec.decode(sealed);
  const same = Buffer.from(opened?.data ?? []).equals(data) && !Buffer.from(sealed[0]?.data ?? []).includes(data);
  const detail = `${keyRing.keys.size} in the ring, ${keyRing.writing} writes`;
  if (same && isKeyFileOpen(env)) {
    const remedy = 'Let nobody but its owner read the file that ONBOARDING_KEY_FILE names: chmod 600';
    return { check: 'key', state: 'warning', detail: `${detail}; others may read the key file`, remedy };
  }
  return same
    ? { check: 'key', state: 'ok', detail }
    : { check: 'key', state: 'failed', detail, remedy: 'Make a new key: the first one does not open what it wrote.' };
}

export async function checkNamespace({ connection, options: { namespace } }: Client): Promise<CheckResult> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return { check: 'namespace', state: 'ok', detail: namespace };
  } catch (error) {
    if (!(error instanceof Error && /not ?found/i.test(error.message))) throw error;
    const remedy = `Set TEMPORAL_NAMESPACE, or create it: temporal operator namespace create --namespace ${namespace}`;
    return { check: 'namespace', state: 'failed', detail: `${namespace} does not exist`, remedy };
  }
}

/** In days. So long a repeated start of an offboarded customer is refused, and an ended run's result, decisions and links are there. */
const LEAST_RETENTION = 30;

export async function checkRetention({ connection, options: { namespace } }: Client): Promise<CheckResult> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const days = tsToMs(config?.workflowExecutionRetentionTtl) / 86_400_000;
  const detail = `ended runs are kept for ${days} days`;
  if (days >= LEAST_RETENTION) return { check: 'retention', state: 'ok', detail };
  const remedy = `Keep them for ${LEAST_RETENTION} days or more: temporal operator namespace update --namespace ${namespace} --retention ${LEAST_RETENTION}d`;
  return { check: 'retention', state: 'warning', detail, remedy };
}

export async function checkSearchAttributes({ connection, options: { namespace } }: Client): Promise<CheckResult> {
  const check = 'search attributes';
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter(({ name }) => customAttributes[name] === undefined);
  const other = SEARCH_ATTRIBUTES.filter(
    ({ name, type }) =>
      customAttributes[name] && customAttributes[name] !== encodeSearchAttributeIndexedValueType(type),
  );
  if (other.length > 0) {
    const remedy = 'Use a namespace of its own for the onboardings.';
    return { check, state: 'failed', detail: `of another type: ${names(other)}`, remedy };
  }
  if (missing.length === 0) return { check, state: 'ok', detail: names(SEARCH_ATTRIBUTES) };
  const flags = missing.map(({ name, type }) => `--name ${name} --type ${CLI_TYPE[type]}`).join(' ');
  const remedy = `A worker adds them at its start if it may; else: temporal operator search-attribute create --namespace ${namespace} ${flags}`;
  return { check, state: 'failed', detail: `missing: ${names(missing)}`, remedy };
}

/** Opens the memo of the queue's newest run: the key may be fine and still be another than the one the runs were written with. */
export async function checkStoredRun(temporal: Client, workflowQueue: string): Promise<CheckResult> {
  const query = `WorkflowType = '${ONBOARD_CUSTOMER}' AND TaskQueue = '${workflowQueue.replaceAll("'", "''")}'`;
  for await (const { workflowId, runId } of blindClient(temporal).list({ query, pageSize: 1 })) {
    await temporal.workflow.getHandle(workflowId, runId).describe();
    return { check: 'stored runs', state: 'ok', detail: 'the key opens the newest one' };
  }
  return { check: 'stored runs', state: 'skipped', detail: 'there is none yet' };
}

export async function checkStuckRuns(temporal: Client, workflowQueue: string): Promise<CheckResult> {
  const query = `TaskQueue = '${workflowQueue.replaceAll("'", "''")}' AND ExecutionStatus = 'Running' AND ${REPORTED_PROBLEMS.name} IS NOT NULL`;
  const { count } = await temporal.workflow.count(query);
  if (count === 0) return { check: 'stuck runs', state: 'ok', detail: 'none' };
  const detail = `the workflow tasks of ${count} runs fail again and again`;
  return { check: 'stuck runs', state: 'failed', detail, remedy: 'Look at them: onboard attention' };
}

/** Of the workflows, or with a provider of its activities. */
export async function checkWorkers(temporal: Client, workflowQueue: string, provider?: string): Promise<CheckResult> {
  const { queue, workers } = await pollersOf(temporal, workflowQueue, provider);
  if (workers > 0) return { check: 'workers', state: 'ok', detail: `${workers} on queue ${queue}` };
  const remedy = `Start one: onboard worker --role ${provider ?? 'workflows'}`;
  return { check: 'workers', state: 'failed', detail: `none on queue ${queue}`, remedy };
}

function names(attributes: readonly { name: string }[]): string {
  return attributes.map(({ name }) => name).join(', ');
}
