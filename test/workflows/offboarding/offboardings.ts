import { randomUUID } from 'node:crypto';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { ErasureRecord, OffboardingProgress, OffboardingRequest } from '../../../contract/offboarding.ts';
import { offboardingId } from '../../../contract/ids.ts';
import { PROVIDER } from '../../../contract/search-attributes.ts';
import { OFFBOARD_CUSTOMER, offboardingProgress } from '../../../contract/messages.ts';
import { eventually, type Suite } from '../suite.ts';

export interface Offboarding {
  id: string;
  handle: WorkflowHandleWithFirstExecutionRunId;
  progress: () => Promise<OffboardingProgress>;
  until: (fact: (progress: OffboardingProgress) => boolean) => Promise<OffboardingProgress>;
  result: () => Promise<ErasureRecord>;
}

export async function offboard({ temporal }: Suite, request: Partial<OffboardingRequest> = {}): Promise<Offboarding> {
  const reference = request.reference ?? `c-${randomUUID()}`;
  const id = offboardingId('defentry', reference);
  const handle = await temporal.client.workflow.start(OFFBOARD_CUSTOMER, {
    workflowId: id,
    taskQueue: temporal.taskQueue,
    typedSearchAttributes: [{ key: PROVIDER, value: 'defentry' }],
    args: [{ provider: 'defentry', reference, ...request } satisfies OffboardingRequest],
  });
  const progress = () => handle.query(offboardingProgress);
  return {
    id,
    handle,
    progress,
    until: (fact) => eventually(progress, fact),
    result: () => handle.result() as Promise<ErasureRecord>,
  };
}
