import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import type {
  AccountChange,
  ChangeInput,
  ChangeProgress,
  ChangesProgress,
  ChangesResult,
  RequestedChange,
} from '../../../contract/change.ts';
import { changeRunId, memberId } from '../../../contract/ids.ts';
import { PROVIDER } from '../../../contract/search-attributes.ts';
import { CHANGE_ACCOUNT, changeProgress, requestChange } from '../../../contract/messages.ts';
import { eventually, type Suite } from '../suite.ts';

export const person = { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' };
export const newEmail: AccountChange = { kind: 'change-email', email: 'new@example.com' };

export interface Changes {
  id: string;
  reference: string;
  handle: WorkflowHandle;
  /** Asks for one more change, and starts the run if there is none. Answers how many are before it. */
  ask: (change: AccountChange, options?: Partial<RequestedChange>) => Promise<number>;
  progress: () => Promise<ChangesProgress>;
  until: (fact: (progress: ChangesProgress) => boolean) => Promise<ChangesProgress>;
  /** How the changes ended. */
  result: () => Promise<ChangeProgress[]>;
}

/** The changes of an account that nobody else uses. */
export function changesOf({ temporal }: Suite, input: Partial<ChangeInput> = {}): Changes {
  const reference = input.reference ?? `c-${randomUUID()}`;
  const id = changeRunId('defentry', reference);
  const handle = temporal.client.workflow.getHandle(id);
  const progress = () => handle.query(changeProgress);
  return {
    id,
    reference,
    handle,
    progress,
    until: (fact) => eventually(progress, fact),
    result: async () => ((await handle.result()) as ChangesResult).changes,
    ask: async (change, options = {}) => {
      const startWorkflowOperation = new WithStartWorkflowOperation(CHANGE_ACCOUNT, {
        workflowId: id,
        taskQueue: temporal.taskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        typedSearchAttributes: [{ key: PROVIDER, value: 'defentry' }],
        args: [{ provider: 'defentry', reference, ...input } satisfies ChangeInput],
      });
      const requested: RequestedChange = { changeId: `ch-${randomUUID()}`, change, ifBusy: 'wait', ...options };
      const { ahead } = await temporal.client.workflow.executeUpdateWithStart(requestChange, {
        startWorkflowOperation,
        args: [requested],
      });
      return ahead;
    },
  };
}

/** An account whose member is invited and waited for, once Temporal's list, which lags behind, shows the member's run. */
export async function memberInvited(suite: Suite): Promise<{ reference: string; member: WorkflowHandle }> {
  const { client } = suite.temporal;
  const changes = changesOf(suite);
  await changes.ask({ kind: 'add-member', member: { reference: 'anna', person } });
  await changes.result();
  const id = memberId('defentry', changes.reference, 'anna');
  await eventually(
    () => client.workflow.count(`WorkflowId = '${id}' AND ExecutionStatus = 'Running'`),
    ({ count }) => count === 1,
  );
  return { reference: changes.reference, member: client.workflow.getHandle(id) };
}
