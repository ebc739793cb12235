import { Worker } from '@temporalio/worker';
import { createDataConverter, forRuns } from '../../encryption/data-converter.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import * as messages from '../../contract/messages.ts';
import type { House } from './house.ts';

const TYPES = [
  messages.ONBOARD_CUSTOMER,
  messages.ONBOARD_MEMBER,
  messages.CHANGE_ACCOUNT,
  messages.OFFBOARD_CUSTOMER,
  messages.ERASE_CUSTOMER,
  messages.DELIVER_EVENT,
  messages.READ_ACCOUNT,
  messages.RECONCILE,
];

/** How many runs of each type went without an error, and the ids of those that did not; the SDK logs why. */
export interface Replayed {
  passed: Record<string, number>;
  failed: string[];
}

/** Replays all runs in this process. */
export async function replayAll({ client, env }: House): Promise<Replayed> {
  const { workflow } = client.temporal;
  const dataConverter = forRuns(createDataConverter(parseKeyRing(env['ONBOARDING_KEYS']!, 'test')));
  const workflowBundle = { codePath: process.env.TEST_WORKFLOW_BUNDLE! };
  const replayed: Replayed = { passed: {}, failed: [] };
  for (const type of TYPES) {
    const histories = workflow.list({ query: `WorkflowType = '${type}'` }).intoHistories();
    const results = Worker.runReplayHistories({ workflowBundle, dataConverter }, histories);
    replayed.passed[type] = 0;
    for await (const { workflowId, error } of results) {
      if (error) replayed.failed.push(workflowId);
      else replayed.passed[type] += 1;
    }
  }
  return replayed;
}
