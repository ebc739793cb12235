import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** All that the server keeps of a run and answers about it: as JSON, followed by the bytes of its payloads. */
export async function stored(client: Client, workflowId: string, runId?: string): Promise<string> {
  const { workflowService, options } = client;
  const execution = { workflowId, ...(runId !== undefined && { runId }) };
  const target = { namespace: options.namespace, execution };
  const [history, description, metadata] = await Promise.all([
    client.workflow.getHandle(workflowId, runId).fetchHistory(),
    workflowService.describeWorkflowExecution(target),
    workflowService.queryWorkflow({ ...target, query: { queryType: '__temporal_workflow_metadata' } }),
  ]);
  const json = [historyToJSON(history), JSON.stringify(description), JSON.stringify(metadata)].join('\n');
  const payloads = [...json.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].map(([, base64]) =>
    Buffer.from(base64!, 'base64').toString('latin1'),
  );
  return [json, ...payloads].join('\n');
}
