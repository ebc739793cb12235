import path from 'node:path';
import type { ProviderName } from '../../contract/request.ts';

export interface StartOptions {
  /** Exit after the onboarding. */
  once: boolean;
  /** A person does the customer's part. */
  byHand: boolean;
  /** At whose sandbox. */
  provider: ProviderName;
}

/** Everything that outlives a run of `npm start`; not in version control. */
export const FOLDER = '.onboarding';

export const FILES = {
  lock: path.join(FOLDER, 'running.lock'),
  keys: path.join(FOLDER, 'keys'),
  temporal: path.join(FOLDER, 'temporal.db'),
  logs: path.join(FOLDER, 'logs'),
  /** Temporal's own configuration file, for the server started here. */
  profile: path.join(FOLDER, 'temporal.toml'),
  /** What a command in another terminal needs to reach this server. */
  environment: path.join(FOLDER, 'env'),
} as const;

/** Each provider's sandbox keeps its own state. */
export function sandboxFile(provider: ProviderName): string {
  return path.join(FOLDER, `sandbox-${provider}.db`);
}

export const PORTS = {
  temporal: { name: 'the Temporal server', usual: 7233, variable: 'TEMPORAL_PORT' },
  ui: { name: 'the Temporal UI', usual: 8233, variable: 'TEMPORAL_UI_PORT' },
  gateway: { name: 'the gateway', usual: 8234, variable: 'GATEWAY_PORT' },
  sandbox: { name: 'the sandbox', usual: 8235, variable: 'SANDBOX_PORT' },
} as const;

/** Seconds after which the sandbox plays the customer. */
export const PLAY_AFTER = '3';
