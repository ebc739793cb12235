import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { readWorkerConfig } from '../../worker/config.ts';
import { readClientConfig, readUiUrl } from '../../client/config.ts';
import { uiLinks } from '../../client/ui-link.ts';
import { changeFingerprint, fingerprint } from '../../client/temporal/fingerprint.ts';
import type { AccountChange } from '../../contract/change.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { validRequest } from './requests.ts';

const ONBOARDING_KEYS = makeKey();

test('defaults: this machine, namespace default, ten seconds', () => {
  expect(readClientConfig({ ONBOARDING_KEYS })).toMatchObject({
    namespace: 'default',
    taskQueue: 'onboarding',
    deadline: 10_000,
  });
});

test('Temporal’s own names and ours', () => {
  const env = {
    ONBOARDING_KEYS,
    TEMPORAL_ADDRESS: 'temporal.example:7233',
    TEMPORAL_NAMESPACE: 'bank',
    TEMPORAL_API_KEY: 'key',
    ONBOARDING_TASK_QUEUE: 'q',
    ONBOARDING_CALL_DEADLINE: 'PT2.5S',
  };
  expect(readClientConfig(env)).toMatchObject({
    connection: { address: 'temporal.example:7233', apiKey: 'key' },
    namespace: 'bank',
    taskQueue: 'q',
    deadline: 2500,
  });
});

test.each<[Record<string, string>, string]>([
  [{}, 'No encryption key: set ONBOARDING_KEYS,'],
  [{ ONBOARDING_KEYS: 'x' }, 'ONBOARDING_KEYS: entry 1 must be id:key,'],
  [{ ONBOARDING_KEYS, ONBOARDING_CALL_DEADLINE: '10' }, 'ONBOARDING_CALL_DEADLINE: must be an ISO 8601 duration'],
  [{ ONBOARDING_KEYS, ONBOARDING_CALL_DEADLINE: 'PT0S' }, 'ONBOARDING_CALL_DEADLINE: must be an ISO 8601 duration'],
  ...['http://temporal:7233', 'temporal:7233\n', 'temporal:99999', 'a b'].map(
    (TEMPORAL_ADDRESS): [Record<string, string>, string] => [
      { ONBOARDING_KEYS, TEMPORAL_ADDRESS },
      'TEMPORAL_ADDRESS: must be host:port',
    ],
  ),
])('a wrong setting is one sentence: %#', (env, sentence) => {
  expect(() => readClientConfig(env)).toThrow(expect.objectContaining({ code: 'ConfigInvalid' }));
  expect(() => readClientConfig(env)).toThrow(sentence);
});

test.each(['temporal', 'temporal.example:7233', '[::1]:7233', '127.0.0.1:7233'])(
  'the address %s is taken',
  (address) => {
    expect(readClientConfig({ ONBOARDING_KEYS, TEMPORAL_ADDRESS: address }).connection.address).toBe(address);
  },
);

test('links into the Temporal UI', () => {
  const run = { workflowId: 'onboarding.defentry.c-1', runId: 'r' };
  expect(uiLinks('http://localhost:8233/', 'bank', run)).toEqual({
    timeline: 'http://localhost:8233/namespaces/bank/workflows/onboarding.defentry.c-1/r/timeline',
    checklist: 'http://localhost:8233/namespaces/bank/workflows/onboarding.defentry.c-1/r/user-metadata',
  });
  expect(readUiUrl({})).toBeUndefined();
  expect(() => readUiUrl({ TEMPORAL_UI_URL: 'here' })).toThrow('TEMPORAL_UI_URL: must be an address');
});

test('the fingerprint is of the content, not of its order', () => {
  const request = validRequest();
  const reordered = Object.fromEntries(Object.entries(request).toReversed());
  expect(fingerprint({ ...request, ...reordered })).toBe(fingerprint(request));
  expect(fingerprint(request)).toMatch(/^[0-9a-f]{64}$/);
  expect(fingerprint(validRequest({ ssnMonitoring: false }))).not.toBe(fingerprint(request));
  expect(fingerprint(validRequest({ members: request.members!.toReversed() }))).not.toBe(fingerprint(request));
});

test('the fingerprint of a change is short, of its content, and of no SSN', () => {
  const adding = (person: object): AccountChange => ({
    kind: 'add-member',
    member: { reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', ...person } },
  });
  expect(changeFingerprint(adding({}))).toMatch(/^[0-9a-f]{32}$/);
  expect(changeFingerprint(adding({ ssn: '19900101-1234' }))).toBe(changeFingerprint(adding({})));
  expect(changeFingerprint(adding({ phone: '+46701234567' }))).not.toBe(changeFingerprint(adding({})));
});

test.each(['api_key = "CANARY-secret', '[profile.default]\napi_key = CANARY-secret\n'])(
  'a slip in the profile file is not repeated: %#',
  async (content) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'profile-'));
    const file = path.join(folder, 'temporal.toml');
    await writeFile(file, content);
    const env = { TEMPORAL_CONFIG_FILE: file };
    // The SDK quotes it.
    expect(() => loadClientConnectConfig({ overrideEnvVars: env })).toThrow('CANARY');
    for (const read of [readClientConfig, (set: typeof env) => readWorkerConfig([], set)]) {
      const refusal = caught(() => read(env));
      expect(refusal).toMatchObject({
        code: 'ConfigInvalid',
        message: expect.stringContaining('TEMPORAL_CONFIG_FILE'),
      });
      expect(inspect(refusal, { depth: 10 })).not.toContain('CANARY');
    }
    await rm(folder, { recursive: true });
  },
);

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('was taken');
}
