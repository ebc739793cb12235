import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { EncryptionError } from '../encryption/errors.ts';
import { keyRingFrom } from '../encryption/key-source.ts';
import type { KeyRing } from '../encryption/key-ring.ts';
import { addressProblem } from '../contract/address.ts';
import { parseDuration } from '../contract/duration.ts';
import { SETTINGS } from '../contract/settings.ts';
import { ConfigInvalid } from './errors.ts';

export interface ClientConfig {
  connection: ConnectionOptions;
  namespace: string;
  keyRing: KeyRing;
  /** Queue of the workflow tasks. */
  taskQueue: string;
  /** Milliseconds that one call may take. */
  deadline: number;
  /** Above how many at once a second person must confirm. */
  fourEyesAbove?: number;
}

export const DEFAULT_DEADLINE = parseDuration(SETTINGS.command.ONBOARDING_CALL_DEADLINE.default)!;

/**
 * The settings of a caller, from the environment: Temporal's own names (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`,
 * `TEMPORAL_API_KEY`, `TEMPORAL_TLS_…`, `TEMPORAL_PROFILE`), the key (`ONBOARDING_KEYS` or `ONBOARDING_KEY_FILE`),
 * `ONBOARDING_TASK_QUEUE`, `ONBOARDING_CALL_DEADLINE` and `ONBOARDING_FOUR_EYES_ABOVE`. Fails `ConfigInvalid`.
 */
export function readClientConfig(env: NodeJS.ProcessEnv = process.env): ClientConfig {
  try {
    return { ...readConnection(env), keyRing: keyRingFrom(env), ...readCalls(env) };
  } catch (error) {
    if (error instanceof EncryptionError) throw new ConfigInvalid(error.message, error);
    throw error;
  }
}

/** Without the key, for what needs none. */
function readConnection(env: NodeJS.ProcessEnv = process.env): Pick<ClientConfig, 'connection' | 'namespace'> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { connectionOptions, namespace } = ofTemporal(Object.fromEntries(set));
  const { address, tls, apiKey, metadata } = connectionOptions;
  const problem = addressProblem(address);
  if (problem !== undefined) throw new ConfigInvalid(problem);
  return {
    connection: {
      ...(address !== undefined && { address }),
      ...(tls !== undefined && { tls }),
      ...(apiKey !== undefined && { apiKey }),
      ...(metadata !== undefined && { metadata }),
    },
    namespace: namespace ?? 'default',
  };
}

/** What the SDK says of a mistake is not repeated: it quotes the line of the profile file, which may hold the API key. */
function ofTemporal(overrideEnvVars: Record<string, string>): ReturnType<typeof loadClientConnectConfig> {
  try {
    return loadClientConnectConfig({ overrideEnvVars });
  } catch {
    throw new ConfigInvalid(
      'The settings of Temporal cannot be read; correct the variables TEMPORAL_…, or the profile file (TOML, which TEMPORAL_CONFIG_FILE and TEMPORAL_PROFILE name).',
    );
  }
}

/** Where the Temporal UI is, for links; without it none are printed. */
export function readUiUrl(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const url = env['TEMPORAL_UI_URL'];
  if (url === undefined || url === '') return undefined;
  if (URL.canParse(url)) return url;
  throw new ConfigInvalid(
    'TEMPORAL_UI_URL: must be an address such as http://localhost:8233; correct it or leave it out.',
  );
}

/** A timer of Node's that is longer than 24 days fires at once; nobody waits that long for a call. */
const LONGEST = 3600 * 1000;

function readCalls(env: NodeJS.ProcessEnv): Pick<ClientConfig, 'taskQueue' | 'deadline' | 'fourEyesAbove'> {
  const text = env['ONBOARDING_CALL_DEADLINE'];
  const deadline = text ? parseDuration(text) : DEFAULT_DEADLINE;
  if (!deadline || deadline > LONGEST) {
    throw new ConfigInvalid(
      'ONBOARDING_CALL_DEADLINE: must be an ISO 8601 duration of at most PT1H, such as PT10S; correct it or leave it out.',
    );
  }
  const above = env['ONBOARDING_FOUR_EYES_ABOVE'];
  if (above && !/^\d{1,6}$/.test(above)) {
    throw new ConfigInvalid(
      'ONBOARDING_FOUR_EYES_ABOVE: must be a whole number, such as 20; correct it or leave it out.',
    );
  }
  return {
    taskQueue: env['ONBOARDING_TASK_QUEUE'] || SETTINGS.all.ONBOARDING_TASK_QUEUE.default,
    deadline,
    ...(above && { fourEyesAbove: Number(above) }),
  };
}
