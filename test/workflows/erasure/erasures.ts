import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import type { ErasureInput, ErasureProgress, HistoriesRecord } from '../../../contract/erasure.ts';
import { erasureId } from '../../../contract/ids.ts';
import { ERASE_CUSTOMER, erasureProgress } from '../../../contract/messages.ts';
import { PROVIDER } from '../../../contract/search-attributes.ts';
import { eventually, type Suite } from '../suite.ts';

export interface Erasure {
  id: string;
  handle: WorkflowHandle;
  until: (fact: (progress: ErasureProgress) => boolean) => Promise<ErasureProgress>;
  result: () => Promise<HistoriesRecord>;
}

export async function erase({ temporal }: Suite, input: Partial<ErasureInput> = {}): Promise<Erasure> {
  const reference = input.reference ?? `c-${randomUUID()}`;
  const id = erasureId('defentry', reference);
  const before = new Date().toISOString();
  const handle = await temporal.client.workflow.start(ERASE_CUSTOMER, {
    workflowId: id,
    taskQueue: temporal.taskQueue,
    typedSearchAttributes: [{ key: PROVIDER, value: 'defentry' }],
    args: [{ provider: 'defentry', reference, before, eraseAfter: 'P30D', ...input } satisfies ErasureInput],
  });
  return {
    id,
    handle,
    until: (fact) => eventually(() => handle.query(erasureProgress), fact),
    result: () => handle.result() as Promise<HistoriesRecord>,
  };
}
