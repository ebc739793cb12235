import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureKeyFile } from '../../encryption/key-source.ts';
import { FILES } from './config.ts';

/** Variables by which worker, gateway, client and the `onboard` command find server, key and provider. */
export type Environment = Record<string, string>;

/** The person's own settings, without those that would lead away from the server that is started here. */
export function withoutTemporal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

/** Names the server that is started here, in the environment and in a profile of its own beside its database. */
export async function ownServer(port: number, uiUrl: string): Promise<Environment> {
  const address = `127.0.0.1:${port}`;
  await writeFile(FILES.profile, `[profile.default]\naddress = "${address}"\nnamespace = "default"\n`);
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: 'default',
    TEMPORAL_UI_URL: uiUrl,
    // Without it a profile of the person, with the key of a cloud account, would be read.
    TEMPORAL_CONFIG_FILE: path.resolve(FILES.profile),
  };
}

/** The key of this machine, made on first use, unless the person has set one. */
export async function keyEnvironment(env: NodeJS.ProcessEnv): Promise<{ variables: Environment; made: boolean }> {
  if (env.ONBOARDING_KEYS || env.ONBOARDING_KEY_FILE) return { variables: {}, made: false };
  const made = await ensureKeyFile(FILES.keys);
  return { variables: { ONBOARDING_KEY_FILE: path.resolve(FILES.keys) }, made };
}

/** For commands in another terminal: `. .onboarding/env`. */
export async function writeEnvironment(environment: Environment): Promise<void> {
  const lines = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'\n`);
  await writeFile(FILES.environment, lines.join(''), { mode: 0o600 });
}
