import { randomUUID } from 'node:crypto';
import { OnboardingClient } from '../../client/index.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import type { DefentryOptionsInput, DefentrySandbox } from '../../sandbox/defentry/index.ts';
import { createDefentrySandbox } from '../../sandbox/defentry/index.ts';
import type { Sandbox } from '../../sandbox/core/sandbox.ts';
import { createFaciliooSandbox } from '../../sandbox/facilioo/index.ts';
import { createTuloPaywaySandbox, type PaywayOptionsInput } from '../../sandbox/tulo-payway/index.ts';
import type { ProviderName } from '../../contract/request.ts';
import { EID_PATHS, ENV } from '../activities/defentry/settings.ts';
import { ENV as FACILIOO } from '../activities/facilioo/settings.ts';
import { ENV as TULO_PAYWAY } from '../activities/tulo-payway/settings.ts';
import { WorkerProcess } from '../worker/worker-process.ts';
import { compiled } from '../setup/compiled.ts';

export interface DeploymentOptions {
  defentry?: DefentryOptionsInput;
  /** The workers host the other two providers too. */
  others?: { tuloPayway?: PaywayOptionsInput };
  /** Plays the customers after this many milliseconds; without it the test acts for them. */
  playAfterMs?: number;
  /** Of the workers. */
  env?: Record<string, string>;
}

/** Everything a bank runs, on the test run's Temporal server: worker processes, the provider (its sandbox), the client library. */
export interface Deployment {
  sandbox: DefentrySandbox;
  /** Throws for a provider that the workers do not host. */
  sandboxOf: (provider: ProviderName) => Sandbox<string>;
  /** Where the sandbox is. */
  url: string;
  onboardings: OnboardingClient;
  /** Of the workflows. */
  taskQueue: string;
  /** Every worker so far; the first runs from the start. */
  workers: WorkerProcess[];
  /** The key ring of clients and workers, as in `ONBOARDING_KEYS`. */
  keys: string;
  /** One more worker with all roles; ready when answered. `env` over what the others have. */
  startWorker: (env?: Record<string, string>) => Promise<WorkerProcess>;
  close: () => Promise<void>;
}

export async function openDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const { playAfterMs, env, defentry, others } = options;
  const sandbox = createDefentrySandbox({ playAfterMs, defentry: { ssnRequired: false, ...defentry } });
  const url = await sandbox.listen();
  const more = others && (await openOthers(others));
  const address = process.env.TEST_TEMPORAL_ADDRESS!;
  const [keys, taskQueue] = [makeKey(), `e2e-${randomUUID()}`];
  const onboardings = await OnboardingClient.connect({
    connection: { address },
    namespace: 'default',
    keyRing: parseKeyRing(keys, 'test'),
    taskQueue,
    deadline: 30_000,
  });
  const workers: WorkerProcess[] = [];
  const startWorker = async (own: Record<string, string> = {}) => {
    const worker = new WorkerProcess(compiled('worker/main.js'), [], {
      TEMPORAL_ADDRESS: address,
      ONBOARDING_KEYS: keys,
      ONBOARDING_TASK_QUEUE: taskQueue,
      ...ENV,
      ...EID_PATHS,
      DEFENTRY_BASE_URL: url,
      DEFENTRY_SSN_REQUIRED: 'false',
      ...more?.env,
      ...env,
      ...own,
    });
    workers.push(worker);
    await worker.logged('worker ready');
    return worker;
  };
  await startWorker();
  return {
    sandbox,
    sandboxOf: (provider) => {
      const hosted: Partial<Record<ProviderName, Sandbox<string>>> = { defentry: sandbox, ...more?.sandboxes };
      const found = hosted[provider];
      if (!found) throw new Error(`${provider} is not hosted here: open the deployment with others`);
      return found;
    },
    url,
    onboardings,
    taskQueue,
    workers,
    keys,
    startWorker,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop('SIGKILL')));
      await onboardings.close();
      await Promise.all([sandbox, ...Object.values(more?.sandboxes ?? {})].map((each) => each.close()));
    },
  };
}

async function openOthers({ tuloPayway }: NonNullable<DeploymentOptions['others']>) {
  const sandboxes = { 'tulo-payway': createTuloPaywaySandbox({ tuloPayway }), facilioo: createFaciliooSandbox() };
  const [payway, facilioo] = await Promise.all([sandboxes['tulo-payway'].listen(), sandboxes.facilioo.listen()]);
  const env = {
    ...TULO_PAYWAY,
    TULO_PAYWAY_BASE_URL: payway,
    ...FACILIOO,
    FACILIOO_BASE_URL: facilioo,
  };
  return { sandboxes, env };
}
