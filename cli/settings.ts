import { loadClientConfigProfile, type ClientConfigProfile } from '@temporalio/envconfig';
import { ALL_SETTINGS } from '../contract/settings.ts';

/** A setting that counts. */
export interface Told {
  name: string;
  /** `(secret)` where it must not be shown. */
  value: string;
  from: 'environment' | 'Temporal profile file' | 'default';
}

const MASK = '(secret)';

type Environment = Readonly<Record<string, string | undefined>>;

/** What is set, and what counts where it is not; variables that have neither are left out. Throws where the profile file cannot be read. */
export function settingsOf(env: Environment): Told[] {
  const file = ofProfile(env);
  return Object.entries(ALL_SETTINGS).flatMap(([name, { secret, default: byDefault }]): Told[] => {
    const told = (value: string, from: Told['from']) => [{ name, value: secret ? MASK : withoutLogin(value), from }];
    const set = env[name];
    if (set !== undefined && set !== '') return told(set, 'environment');
    const ofFile = file[name];
    if (ofFile !== undefined) return told(ofFile, 'Temporal profile file');
    return byDefault === undefined ? [] : told(byDefault, 'default');
  });
}

/** What the profile file alone says, by the variables that override it. */
function ofProfile(env: Environment): Record<string, string | undefined> {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const profile = env['TEMPORAL_PROFILE'];
  const { address, namespace, apiKey, tls }: ClientConfigProfile = loadClientConfigProfile({
    ...(profile && { profile }),
    disableEnv: true,
    ...sourceOf(env),
    overrideEnvVars: Object.fromEntries(set),
  });
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_TLS: tls && String(tls.disabled !== true),
    TEMPORAL_TLS_SERVER_NAME: tls?.serverName,
  };
}

function sourceOf(env: Environment): { configSource?: { path: string } } {
  const path = env['TEMPORAL_CONFIG_FILE'];
  return path ? { configSource: { path } } : {};
}

/** An address may carry a name and a password. */
function withoutLogin(value: string): string {
  return value.replace(/:\/\/[^/@\s]*@/, `://${MASK}@`);
}
