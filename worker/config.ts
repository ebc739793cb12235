import { randomBytes } from 'node:crypto';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions, WorkerDeploymentOptions } from '@temporalio/worker';
import { z } from 'zod';
import { addressProblem } from '../contract/address.ts';
import { parseDuration } from '../contract/duration.ts';
import { SETTINGS, type SettingsOf } from '../contract/settings.ts';
import { deploymentOf } from './deployment.ts';
import { readRoles, type Roles } from './config-roles.ts';
import type { KeyRing } from '../encryption/key-ring.ts';
import { keyRingFrom } from '../encryption/key-source.ts';
import { StartRefused } from './errors.ts';
import { LOG_LEVELS } from './logging.ts';

/** A timer of Node's that is longer than 24 days fires at once. */
const LONGEST = 24 * 3600 * 1000;

const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds <= LONGEST) return milliseconds;
  context.addIssue('must be an ISO 8601 duration of at most P1D, such as PT25S');
  return z.NEVER;
});

const schema = z.object({
  /** Of the workflow tasks; each provider's activities are on `<queue>-<provider>`. */
  ONBOARDING_TASK_QUEUE: matching(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 letters, digits, "_" or "-"').default(
    SETTINGS.all.ONBOARDING_TASK_QUEUE.default,
  ),
  ONBOARDING_LOG_LEVEL: z.enum(LOG_LEVELS).default(SETTINGS.worker.ONBOARDING_LOG_LEVEL.default),
  /** Of the Prometheus endpoint; without it there is none. */
  ONBOARDING_METRICS_ADDRESS: matching(
    /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}$/,
    'host:port, an IPv6 address in brackets',
  ).optional(),
  /** What Temporal shows as the worker's name, for example the pod's. By default a random one, without the host's name. */
  ONBOARDING_WORKER_IDENTITY: matching(
    /^[A-Za-z0-9._@-]{1,128}$/,
    '1 to 128 letters, digits, ".", "_", "@" or "-"',
  ).optional(),
  /** How long a call to a provider may go on after SIGTERM: longer than its HTTP deadline, shorter than the orchestrator's patience. */
  ONBOARDING_SHUTDOWN_GRACE: duration.prefault(SETTINGS.worker.ONBOARDING_SHUTDOWN_GRACE.default),
  /** Temporal's Worker Deployment Versioning of the worker that hosts the workflows: off unless both names are given. */
  ONBOARDING_DEPLOYMENT_NAME: matching(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 letters, digits, "_" or "-"').optional(),
  ONBOARDING_BUILD_ID: matching(/^[A-Za-z0-9._-]{1,64}$/, '1 to 64 letters, digits, ".", "_" or "-"').optional(),
  /** What becomes of open runs when another build is current: they go on with it, or stay with the build that began them. */
  ONBOARDING_VERSIONING: z.enum(['auto-upgrade', 'pinned']).optional(),
  /** Parked runs kept in memory; the others are replayed when something happens to them. */
  ONBOARDING_MAX_CACHED_WORKFLOWS: z.coerce
    .number()
    .int()
    .min(2)
    .prefault(SETTINGS.worker.ONBOARDING_MAX_CACHED_WORKFLOWS.default),
  /** Runs that may be gone on with at the same moment. Each needs processor time. */
  ONBOARDING_WORKFLOW_TASKS: z.coerce
    .number()
    .int()
    .min(2)
    .max(1000)
    .prefault(SETTINGS.worker.ONBOARDING_WORKFLOW_TASKS.default),
  /** Calls to each provider that may be under way at the same moment. Each waits for an answer. */
  ONBOARDING_CALLS: z.coerce.number().int().min(1).max(1000).prefault(SETTINGS.worker.ONBOARDING_CALLS.default),
} satisfies SettingsOf<'all' | 'worker', z.ZodType>);

/** Durations in milliseconds. */
export interface WorkerConfig {
  connection: NativeConnectionOptions;
  namespace: string;
  keyRing: KeyRing;
  taskQueue: string;
  logLevel: (typeof LOG_LEVELS)[number];
  metricsAddress: string | undefined;
  identity: string;
  shutdownGrace: number;
  maxCachedWorkflows: number;
  workflowTasks: number;
  calls: number;
  /** `undefined`: workers without versions. */
  deployment: WorkerDeploymentOptions | undefined;
  roles: Roles;
}

/**
 * The settings of a worker, from the environment: those above, the key (`ONBOARDING_KEYS` or `ONBOARDING_KEY_FILE`),
 * those of the providers and `<PROVIDER>_ACTIVITIES_PER_SECOND`, and Temporal's own names (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `TEMPORAL_API_KEY`, …).
 * Fails `StartRefused` or `EncryptionError` with what to set.
 */
export function readWorkerConfig(roles: string[], env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const set = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const { connectionOptions, namespace } = ofTemporal(set);
  const problem = addressProblem(connectionOptions.address);
  if (problem !== undefined) throw new StartRefused('ConfigInvalid', problem);
  const settings = parsed(set);
  return {
    connection: connectionOptions,
    namespace: namespace ?? 'default',
    keyRing: keyRingFrom(set),
    taskQueue: settings.ONBOARDING_TASK_QUEUE,
    logLevel: settings.ONBOARDING_LOG_LEVEL,
    metricsAddress: settings.ONBOARDING_METRICS_ADDRESS,
    identity: settings.ONBOARDING_WORKER_IDENTITY ?? `worker-${randomBytes(4).toString('hex')}`,
    shutdownGrace: settings.ONBOARDING_SHUTDOWN_GRACE,
    maxCachedWorkflows: settings.ONBOARDING_MAX_CACHED_WORKFLOWS,
    workflowTasks: settings.ONBOARDING_WORKFLOW_TASKS,
    calls: settings.ONBOARDING_CALLS,
    deployment: deploymentOf(settings),
    roles: readRoles(roles, set),
  };
}

/** What the SDK says of a mistake is not repeated: it quotes the line of the profile file, which may hold the API key. */
function ofTemporal(overrideEnvVars: Record<string, string>): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig({ overrideEnvVars });
  } catch {
    throw new StartRefused(
      'ConfigInvalid',
      'The settings of Temporal cannot be read; correct the variables TEMPORAL_…, or the profile file (TOML, which TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE name).',
    );
  }
}

/** One line per wrong variable: its name and the rule, never its value. */
function parsed(env: Record<string, string>): z.output<typeof schema> {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const rules = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StartRefused('ConfigInvalid', `${rules.join('; ')}. Correct it or leave it out.`);
}

function matching(pattern: RegExp, rule: string): z.ZodString {
  return z.string().regex(pattern, `must be ${rule}`);
}
