import type { ProviderName } from '../../contract/request.ts';
import type { HostedActivities } from '../../contract/activities.ts';
import { createRunActivities } from '../../activities/runs/index.ts';
import { OnboardingClient } from '../../client/index.ts';
import { accountHashes } from '../../encryption/account-hash.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing, type KeyRing } from '../../encryption/key-ring.ts';
import { withSearchableAccount } from '../../worker/searchable-account.ts';
import { onboardingId } from '../../contract/ids.ts';
import type { FindRunInput } from '../../contract/runs.ts';
import type { Limits } from '../../gateway/limits.ts';
import { freePorts } from '../../tools/process/ports.ts';
import { eventually } from '../setup/eventually.ts';
import { signalsOf } from '../setup/history.ts';
import { createTemporal, type Temporal } from '../setup/temporal.ts';
import { startGateway, type Running } from './webhook-gateway.ts';

/** Everything between a caller of the gateway and a provider: gateway, Temporal, workflows, that provider's activities. */
export interface Stack {
  gateway: Running;
  onboardings: OnboardingClient;
  temporal: Temporal;
  keyRing: KeyRing;
  /** Environment of its gateway, for another one beside it. */
  settings: Record<string, string>;
  /** Ends the gateway and starts another one at the same address. */
  restartGateway: () => Promise<void>;
  /** Ends when the run waits in this step. */
  untilWaiting: (reference: string, step: string) => Promise<void>;
  /** How many events the onboarding was told. */
  told: (reference: string) => Promise<number>;
  close: () => Promise<void>;
}

export interface StackOptions {
  /** Of a server of the test's own; by default the one of the test run. */
  at?: string;
  /** More settings of the gateway. */
  env?: Record<string, string>;
  limits?: Partial<Limits>;
}

export async function openStack(
  provider: ProviderName,
  activities: Partial<HostedActivities>,
  { at, env, limits }: StackOptions = {},
): Promise<Stack> {
  const keys = makeKey();
  const keyRing = parseKeyRing(keys, 'test');
  const findRun = (input: FindRunInput) =>
    createRunActivities({
      client: temporal.client,
      taskQueue: temporal.taskQueue,
      hashesOf: (account) => accountHashes(keyRing, account),
    }).findRun(input);
  const temporal = await createTemporal({
    dataConverter: createDataConverter(keyRing),
    clock: 'real',
    ...(at !== undefined && { address: at }),
    activities: { [provider]: withSearchableAccount(provider, activities, keyRing), runs: { findRun } },
  });
  const { client, taskQueue, address } = temporal;
  // Chosen ahead, so that nobody else gets it while the gateway restarts.
  const [port] = await freePorts(1);
  const settings = {
    TEMPORAL_ADDRESS: address,
    ONBOARDING_KEYS: keys,
    ONBOARDING_TASK_QUEUE: taskQueue,
    GATEWAY_PORT: String(port),
    ...env,
  };
  const onboardings = new OnboardingClient(client, { taskQueue });
  const stack: Stack = {
    gateway: await startGateway(settings, limits),
    onboardings,
    temporal,
    keyRing,
    settings,
    restartGateway: async () => {
      await stack.gateway.close();
      stack.gateway = await startGateway(settings, limits);
    },
    untilWaiting: async (reference, step) => {
      await eventually(`the wait in ${step}`, async () => {
        const { steps } = await onboardings.progress(provider, reference);
        return steps.some(({ name, status }) => name === step && status === 'waiting');
      });
    },
    told: async (reference) => (await signalsOf(client.workflow.getHandle(onboardingId(provider, reference)))).length,
    close: async () => {
      await stack.gateway.close();
      await temporal.close();
    },
  };
  return stack;
}
