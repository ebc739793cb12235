import path from 'node:path';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker, bundleWorkflowCode, type ReplayWorkerOptions } from '@temporalio/worker';
import { failureConverterPath } from '../../encryption/data-converter.ts';
import { OFFBOARDING_OUTCOMES } from '../../contract/offboarding.ts';
import { ERASURE_OUTCOMES } from '../../contract/erasure.ts';
import { OUTCOMES } from '../../contract/progress.ts';
import { RECONCILIATION_OUTCOMES } from '../../contract/reconciliation.ts';
import { DELIVERY_OUTCOMES } from '../../contract/runs.ts';
import * as workflows from '../../workflows/index.ts';
import {
  DELIVER_EVENT,
  ERASE_CUSTOMER,
  OFFBOARD_CUSTOMER,
  ONBOARD_CUSTOMER,
  RECONCILE,
} from '../../contract/messages.ts';
import { eventsOf, outcomeOf, recordedHistories, replayConverter, typeOf, type Recorded } from './histories.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR', () => {}),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

const released = { workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE! }, dataConverter: replayConverter };
const recorded = recordedHistories();

function replay(options: ReplayWorkerOptions, { history, workflowId }: Recorded): Promise<void> {
  return Worker.runReplayHistory(options, history, workflowId);
}

/** By one worker: one for each history would take most of the time. */
const errors = new Map<string, Error | undefined>();
beforeAll(async () => {
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(released, recorded)) {
    errors.set(`${workflowId} ${runId}`, error);
  }
});

it.each(recorded)('$name replays', (each) => {
  const { originalExecutionRunId } = eventsOf(each)[0]!.workflowExecutionStartedEventAttributes!;
  const run = `${each.workflowId} ${originalExecutionRunId}`;
  expect([...errors.keys()]).toContain(run);
  expect(errors.get(run)).toBeUndefined();
});

it.each(Object.keys(workflows))('there is a history of %s to replay', (type) => {
  expect(recorded.map(typeOf)).toContain(type);
});

/** As the search attribute tells it. A look, the changes of an account and a member's own run have none. */
const ENDS: [type: string, outcomes: readonly string[]][] = [
  [ONBOARD_CUSTOMER, OUTCOMES],
  [OFFBOARD_CUSTOMER, OFFBOARDING_OUTCOMES],
  [ERASE_CUSTOMER, ERASURE_OUTCOMES],
  [DELIVER_EVENT, DELIVERY_OUTCOMES],
  [RECONCILE, RECONCILIATION_OUTCOMES],
];

it.each(ENDS)('there is a history of %s for each of its ends', (type, outcomes) => {
  // A run that another has continued has none.
  const ends = recorded.filter((each) => typeOf(each) === type).flatMap((each) => outcomeOf(each) ?? []);
  expect(new Set(ends)).toEqual(new Set(outcomes));
});

it.each(['COMPLETED', 'CANCELED', 'FAILED'] as const)('there is a history of an onboarding that is %s', (status) => {
  const last = recorded.filter((each) => typeOf(each) === ONBOARD_CUSTOMER).map((each) => eventsOf(each).at(-1)!);
  const { [`EVENT_TYPE_WORKFLOW_EXECUTION_${status}` as const]: wanted } = proto.temporal.api.enums.v1.EventType;
  expect(last.map(({ eventType }) => eventType)).toContain(wanted);
});

describe('negative control', () => {
  it.each(['steps-swapped', 'timer-added', 'step-dropped'])('a change like %s does not pass', async (change) => {
    const workflowsPath = fileURLToPath(new URL(`./broken/${change}.ts`, `file://${process.cwd()}/test/replay/`));
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath,
      failureConverterPath,
      workflowInterceptorModules: [path.resolve('workflows/interceptors.ts')],
      preloadModules: [path.resolve('workflows/interceptors.ts')],
      logger: new DefaultLogger('ERROR'),
    });
    const broken = { workflowBundle, dataConverter: replayConverter };
    const completed = recorded.find(({ name }) => name.startsWith(`completed-with-ssn.${ONBOARD_CUSTOMER}`))!;
    await expect(replay(broken, completed)).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  });
});
