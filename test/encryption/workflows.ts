import {
  ApplicationFailure,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type * as activities from './activities.ts';

const { echo } = proxyActivities<typeof activities>({
  startToCloseTimeout: '10s',
  retry: { maximumAttempts: 2 },
  summary: 'CANARY summary of an activity',
});
const { fail, beat } = proxyActivities<typeof activities>({
  startToCloseTimeout: '10s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: 10, maximumAttempts: 2 },
});
const local = proxyLocalActivities<typeof activities>({ startToCloseTimeout: '10s' });

export const put = defineSignal<[string]>('put');
export const read = defineQuery<string[]>('read');
export const ask = defineUpdate<string, [string]>('ask');

/** Sends a canary through every kind of payload that Temporal keeps. */
export async function everyKind(text: string, secondRun = false): Promise<string> {
  const received: string[] = [];
  setHandler(put, (value) => void received.push(value));
  setHandler(read, () => received);
  setHandler(ask, async (value) => {
    if (value.endsWith('refuse')) throw ApplicationFailure.nonRetryable(`refused ${value}`, 'Refused', value);
    return `${value} answered`;
  });
  setCurrentDetails('CANARY current details');
  if (!secondRun) {
    upsertMemo({ note: 'CANARY memo from inside' });
    await condition(() => received.length > 0, '10s', { summary: 'CANARY summary of a wait' });
    await continueAsNew<typeof everyKind>(text, true);
  }
  await sleep(1, { summary: 'CANARY summary of a timer' });
  const echoed = await echo(text);
  const beaten = await beat('CANARY heartbeat');
  const here = await local.echo('CANARY local');
  const failed = await fail('CANARY failure').catch(reason);
  const child = await executeChild(tellParent, {
    args: ['CANARY to child', workflowInfo().workflowId],
    workflowId: `${workflowInfo().workflowId}.child`,
    memo: { note: 'CANARY memo of child' },
    staticSummary: 'CANARY summary of child',
  });
  await condition(() => received.includes('CANARY from child'), '10s');
  const broken = await executeChild(breakDown, {
    args: ['CANARY child failure'],
    workflowId: `${workflowInfo().workflowId}.broken`,
  }).catch(reason);
  return [echoed, beaten, here, failed, child, broken].join('|');
}

export async function tellParent(text: string, parent: string): Promise<string> {
  await getExternalWorkflowHandle(parent).signal(put, 'CANARY from child');
  return `${text} done`;
}

export async function breakDown(text: string): Promise<void> {
  await fail(text);
}

export async function hear(): Promise<string> {
  let heard: string | undefined;
  setHandler(put, (text) => {
    heard = text;
  });
  await condition(() => heard !== undefined);
  return `heard ${heard}`;
}

/** The message of the failure at the bottom, read through the layers Temporal puts around it. */
function reason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error ? reason(cause) : String(error instanceof Error ? error.message : error);
}
