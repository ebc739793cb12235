import { describe, expect, test } from 'vitest';
import { makeKey } from '../../encryption/key-ring.ts';
import { readWorkerConfig } from '../../worker/config.ts';

const KEYS = { ONBOARDING_KEYS: makeKey() };
const DEFENTRY = { DEFENTRY_BASE_URL: 'https://api.example.org', DEFENTRY_USERNAME: 'u', DEFENTRY_PASSWORD: 'p' };

test('with a key and nothing else, a worker for workflows has sound settings', () => {
  expect(readWorkerConfig(['workflows'], KEYS)).toMatchObject({
    namespace: 'default',
    taskQueue: 'onboarding',
    logLevel: 'info',
    metricsAddress: undefined,
    shutdownGrace: 25_000,
    maxCachedWorkflows: 1000,
    workflowTasks: 40,
    calls: 100,
    roles: { workflows: true, providers: [] },
  });
});

test('settings come from the environment', () => {
  const config = readWorkerConfig(['workflows'], {
    ...KEYS,
    TEMPORAL_ADDRESS: 'temporal.example.org:7233',
    TEMPORAL_NAMESPACE: 'bank',
    ONBOARDING_TASK_QUEUE: 'blue',
    ONBOARDING_LOG_LEVEL: 'debug',
    ONBOARDING_METRICS_ADDRESS: '0.0.0.0:9464',
    ONBOARDING_WORKER_IDENTITY: 'pod-7',
    ONBOARDING_SHUTDOWN_GRACE: 'PT1M',
    ONBOARDING_MAX_CACHED_WORKFLOWS: '50',
    ONBOARDING_WORKFLOW_TASKS: '8',
    ONBOARDING_CALLS: '20',
  });
  expect(config).toMatchObject({
    connection: { address: 'temporal.example.org:7233' },
    namespace: 'bank',
    taskQueue: 'blue',
    logLevel: 'debug',
    metricsAddress: '0.0.0.0:9464',
    identity: 'pod-7',
    shutdownGrace: 60_000,
    maxCachedWorkflows: 50,
    workflowTasks: 8,
    calls: 20,
  });
});

test('versions are off by default, and go with the current build unless runs are to be pinned', () => {
  const named = { ...KEYS, ONBOARDING_DEPLOYMENT_NAME: 'onboarding', ONBOARDING_BUILD_ID: '1.4.0' };
  const of = (env: NodeJS.ProcessEnv) => readWorkerConfig(['workflows'], env).deployment;
  const version = { deploymentName: 'onboarding', buildId: '1.4.0' };
  expect(of(KEYS)).toBeUndefined();
  expect(of(named)).toEqual({ version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' });
  expect(of({ ...named, ONBOARDING_VERSIONING: 'pinned' })?.defaultVersioningBehavior).toBe('PINNED');
});

test.each(['ONBOARDING_DEPLOYMENT_NAME', 'ONBOARDING_BUILD_ID', 'ONBOARDING_VERSIONING'])(
  '%s alone makes no version, and is refused',
  (name) => {
    const read = () => readWorkerConfig(['workflows'], { ...KEYS, [name]: 'pinned' });
    expect(read).toThrow(expect.objectContaining({ code: 'ConfigInvalid', message: expect.stringContaining(name) }));
  },
);

test('an empty variable is one that is not set', () => {
  expect(readWorkerConfig(['workflows'], { ...KEYS, ONBOARDING_TASK_QUEUE: '' }).taskQueue).toBe('onboarding');
});

test('two workers have two names, neither with the host’s', () => {
  const [one, two] = [readWorkerConfig(['workflows'], KEYS), readWorkerConfig(['workflows'], KEYS)];
  expect(one.identity).toMatch(/^worker-[0-9a-f]{8}$/);
  expect(one.identity).not.toBe(two.identity);
});

test('without a key there is no worker', () => {
  expect(() => readWorkerConfig(['workflows'], {})).toThrow(expect.objectContaining({ code: 'KeyMissing' }));
});

describe('a wrong value is refused by its name and rule, without being repeated', () => {
  test.each([
    ['ONBOARDING_TASK_QUEUE', 'a queue'],
    ['ONBOARDING_LOG_LEVEL', 'loud'],
    ['ONBOARDING_METRICS_ADDRESS', '9464x'],
    ['ONBOARDING_WORKER_IDENTITY', 'anna berg'],
    ['ONBOARDING_SHUTDOWN_GRACE', '25 seconds'],
    ['ONBOARDING_MAX_CACHED_WORKFLOWS', '-17'],
    ['ONBOARDING_WORKFLOW_TASKS', '-18'],
    ['ONBOARDING_CALLS', 'some calls'],
    ['ONBOARDING_VERSIONING', 'sometimes'],
    ['ONBOARDING_DEPLOYMENT_NAME', 'a name'],
    ['ONBOARDING_BUILD_ID', 'a build'],
    ['DEFENTRY_ACTIVITIES_PER_SECOND', '-17'],
  ])('%s', (name, value) => {
    const read = () => readWorkerConfig(['workflows', 'defentry'], { ...KEYS, ...DEFENTRY, [name]: value });
    expect(read).toThrow(expect.objectContaining({ code: 'ConfigInvalid', message: expect.stringContaining(name) }));
    expect(read).not.toThrow(value);
  });
});

describe('roles', () => {
  const rolesOf = (asked: string[], env: Record<string, string>) => {
    const { workflows, providers } = readWorkerConfig(asked, { ...KEYS, ...env }).roles;
    return { workflows, providers: providers.map(({ name }) => name) };
  };

  test.each<[string, string[], Record<string, string>, { workflows: boolean; providers: string[] }]>([
    [
      'by default the workflows and every configured provider',
      [],
      DEFENTRY,
      { workflows: true, providers: ['defentry'] },
    ],
    ['only workflows', ['workflows'], DEFENTRY, { workflows: true, providers: [] }],
    ['only a provider', ['defentry'], DEFENTRY, { workflows: false, providers: ['defentry'] }],
    ['both', ['workflows', 'defentry'], DEFENTRY, { workflows: true, providers: ['defentry'] }],
    ['one named twice is one', ['defentry', 'defentry'], DEFENTRY, { workflows: false, providers: ['defentry'] }],
  ])('%s', (_, asked, env, roles) => {
    expect(rolesOf(asked, env)).toEqual(roles);
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ['a role that does not exist', ['defentri'], DEFENTRY, '--role takes workflows, defentry'],
    ['no role and no provider configured', [], {}, 'set the variables of one (DEFENTRY_…,'],
    ['a provider half configured', [], { DEFENTRY_USERNAME: 'u' }, 'DEFENTRY_BASE_URL'],
    ['a provider asked for and not configured', ['defentry'], {}, 'DEFENTRY_BASE_URL'],
  ])('refused: %s', (_, asked, env, hint) => {
    expect(() => rolesOf(asked, env)).toThrow(hint);
  });

  test('the rate limit of a provider is its own', () => {
    const env = { ...KEYS, ...DEFENTRY, DEFENTRY_ACTIVITIES_PER_SECOND: '7.5' };
    expect(readWorkerConfig([], env).roles.providers[0]!.perSecond).toBe(7.5);
  });
});
