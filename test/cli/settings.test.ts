import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALL_SETTINGS } from '../../contract/settings.ts';
import { settingsOf } from '../../cli/settings.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'settings-'));
  file = path.join(folder, 'temporal.toml');
  await writeFile(
    file,
    '[profile.default]\naddress = "file:7233"\nnamespace = "file"\napi_key = "CANARY"\n[profile.other]\nnamespace = "other"\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const of = (env: Record<string, string>, name: string) =>
  settingsOf({ HOME: folder, ...env }).find((each) => each.name === name);

test('a setting comes from the environment, else from the profile file, else it is the default', () => {
  const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_NAMESPACE: 'mine' };
  expect(of(env, 'TEMPORAL_NAMESPACE')).toMatchObject({ value: 'mine', from: 'environment' });
  expect(of(env, 'TEMPORAL_ADDRESS')).toMatchObject({ value: 'file:7233', from: 'Temporal profile file' });
  expect(of(env, 'ONBOARDING_CALLS')).toMatchObject({ value: '100', from: 'default' });
  expect(of(env, 'GATEWAY_PUBLIC_URL')).toBeUndefined();
});

test('the profile is the one that TEMPORAL_PROFILE names', () => {
  const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'other' };
  expect(of(env, 'TEMPORAL_NAMESPACE')).toMatchObject({ value: 'other', from: 'Temporal profile file' });
});

test('no secret is shown, wherever it comes from', () => {
  const secrets = Object.entries(ALL_SETTINGS).filter(([, { secret }]) => secret);
  const told = settingsOf({ HOME: folder, ...Object.fromEntries(secrets.map(([name]) => [name, 'CANARY'])) });
  expect(told.filter(({ from }) => from === 'environment')).toHaveLength(secrets.length);
  const all = [
    ...told,
    ...settingsOf({ TEMPORAL_CONFIG_FILE: file }),
    ...settingsOf({ HOME: folder, DEFENTRY_BASE_URL: 'https://user:CANARY@defentry.example' }),
  ];
  expect(all).toContainEqual(expect.objectContaining({ name: 'TEMPORAL_API_KEY', value: '(secret)' }));
  expect(JSON.stringify(all)).not.toContain('CANARY');
});

test('whatever is named as a key, a password or a token is a secret', () => {
  const open = Object.keys(ALL_SETTINGS).filter((name) => !ALL_SETTINGS[name]!.secret);
  expect(open.filter((name) => /KEYS?$|SECRETS?$|PASSWORD$|TOKENS?$|USERNAME$|KEY_DATA$/.test(name))).toEqual([
    'TULO_PAYWAY_EXTERNAL_ID_KEY',
  ]);
});
