import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { OnboardingClient, ReferenceConflict } from '../../../client/index.ts';
import { failureConverterPath } from '../../../encryption/data-converter.ts';
import { createTemporal, type Temporal } from '../../setup/temporal.ts';
import { dataConverter, eventually } from '../../workflows/suite.ts';
import { goOn } from './continuing.ts';
import { singleRequest } from '../suite.ts';

let temporal: Temporal;
beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('./continuing.ts', import.meta.url));
  const logger = new DefaultLogger('ERROR');
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath,
    failureConverterPath,
    workflowInterceptorModules: [path.resolve('workflows/interceptors.ts')],
    preloadModules: [path.resolve('workflows/interceptors.ts')],
    logger,
  });
  temporal = await createTemporal({ workflowBundle, dataConverter, clock: 'real' });
});
afterAll(() => temporal.close());

test('a run keeps its reference and its request through a continue-as-new', async () => {
  const onboardings = new OnboardingClient(temporal.client, { taskQueue: temporal.taskQueue });
  const request = singleRequest();
  const first = await onboardings.start(request);
  const handle = temporal.client.workflow.getHandle(first.workflowId);
  await handle.signal(goOn);
  const { runId } = await eventually(
    () => onboardings.get('defentry', request.reference),
    (run) => run.runId !== first.runId,
  );
  expect(await onboardings.start(request)).toMatchObject({ started: false, runId });
  await expect(onboardings.start({ ...request, ssnMonitoring: true })).rejects.toThrow(ReferenceConflict);
  await handle.signal(goOn);
  await handle.result();
});
