import {
  ChildWorkflowCancellationType,
  ParentClosePolicy,
  WorkflowIdReusePolicy,
  startChild,
} from '@temporalio/workflow';
import type { ErasureInput } from '../../contract/erasure.ts';
import { erasureId } from '../../contract/ids.ts';
import { ERASE_CUSTOMER } from '../../contract/messages.ts';
import { startAttributes } from '../../contract/search-attributes.ts';
import { erasureSummary } from '../../contract/start.ts';
import { isAlreadyStarted } from '../engine/start-or-tell.ts';

/** Starts the erasure of a customer's histories, which outlives the run that starts it. An existing one goes on. */
export async function ensureErasure(input: ErasureInput): Promise<string> {
  const { provider, reference } = input;
  const workflowId = erasureId(provider, reference);
  try {
    await startChild(ERASE_CUSTOMER, {
      workflowId,
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: erasureSummary(provider),
      typedSearchAttributes: startAttributes(provider, 'keepHistories'),
    });
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error;
  }
  return workflowId;
}
