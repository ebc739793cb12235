import { randomUUID } from 'node:crypto';
import { Client, isGrpcServiceError, type WorkflowClientInterceptor } from '@temporalio/client';
import { asInput, asSignal, asUpdate, isSent, type Sent } from '../../contract/sent.ts';

/** A gRPC status, and a status of a run, as Temporal's protocol numbers them. */
const NOT_FOUND = 5;
const RUNNING = 1;

/** The same client, whose starts, signals and updates say what they are and, where it can be known, which run they are for. */
export function withBoundMessages(client: Client): Client {
  const { interceptors, ...options } = client.options;
  const { workflow = [] } = interceptors;
  const binding = bindingOf(client);
  const ours = Array.isArray(workflow) ? [...workflow, binding] : { calls: [...(workflow.calls ?? []), () => binding] };
  return new Client({ ...options, connection: client.connection, interceptors: { ...interceptors, workflow: ours } });
}

/** What is bound already stays as it is. */
function bindingOf(client: Client): WorkflowClientInterceptor {
  const toRun = async (workflowId: string, sealedAs: string, args: unknown[]): Promise<[Sent]> => {
    const { run } = await newestChain(client, workflowId);
    return [{ sealedAs, ...(run && { run }), args }];
  };
  return {
    startWithDetails: async (input, next) => {
      const { workflowType, options } = input;
      if (options.args.some(isSent)) return next(input);
      const args = [{ sealedAs: asInput(workflowType), at: Date.now(), args: options.args } satisfies Sent];
      return next({ ...input, options: { ...options, args } });
    },
    signal: async (input, next) => {
      const { args, signalName, workflowExecution } = input;
      if (args.some(isSent)) return next(input);
      return next({ ...input, args: await toRun(workflowExecution.workflowId, asSignal(signalName), args) });
    },
    startUpdate: async (input, next) => {
      const { args, updateName, workflowExecution } = input;
      if (args.some(isSent)) return next(input);
      const { updateId = randomUUID() } = input.options;
      const sent = await toRun(workflowExecution.workflowId, asUpdate(updateName, updateId), args);
      return next({ ...input, args: sent, options: { ...input.options, updateId } });
    },
    // To whichever run is there: it would be lost, without a word, to one that somebody else has started just now.
    signalWithStart: async (input, next) => {
      const { workflowType, signalName, signalArgs, options } = input;
      if (signalArgs.some(isSent)) return next(input);
      const args = [{ sealedAs: asInput(workflowType), at: Date.now(), args: options.args } satisfies Sent];
      const sent = [{ sealedAs: asSignal(signalName), args: signalArgs } satisfies Sent];
      return next({ ...input, signalArgs: sent, options: { ...options, args } });
    },
    startUpdateWithStart: async (input, next) => {
      const { workflowType, workflowStartOptions, updateName, updateArgs, updateOptions } = input;
      if (updateArgs.some(isSent)) return next(input);
      const { updateId = randomUUID() } = updateOptions;
      const start = randomUUID();
      const begins: Sent = { sealedAs: asInput(workflowType), start, at: Date.now(), args: workflowStartOptions.args };
      const { run, isOpen } = await newestChain(client, workflowStartOptions.workflowId);
      const whom = isOpen && run ? { run } : { start };
      const sent: Sent = { sealedAs: asUpdate(updateName, updateId), ...whom, args: updateArgs };
      return next({
        ...input,
        workflowStartOptions: { ...workflowStartOptions, args: [begins] },
        updateArgs: [sent],
        updateOptions: { ...updateOptions, updateId },
      });
    },
  };
}

/** The first run of the chain that is the newest under the id; nothing where there is none, and the message's own refusal says so. */
async function newestChain(
  { workflowService, options }: Client,
  workflowId: string,
): Promise<{ run?: string; isOpen?: boolean }> {
  try {
    const { namespace } = options;
    const found = await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
    const { firstRunId, status } = found.workflowExecutionInfo ?? {};
    return { ...(firstRunId && { run: firstRunId }), isOpen: Number(status) === RUNNING };
  } catch (error) {
    if (isGrpcServiceError(error) && isNotFound(error)) return {};
    throw error;
  }
}

function isNotFound({ code }: { code: number }): boolean {
  return code === NOT_FOUND;
}
