import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from '@temporalio/worker';
import { emailVerified } from '../../contract/messages.ts';
import { forRuns } from '../../encryption/data-converter.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { readWorkerConfig } from '../../worker/config.ts';
import { dataConverter, eventually, openSuite, type Onboarding, type Suite } from '../workflows/suite.ts';

const OLD = readFileSync(process.env.TEST_WORKFLOW_BUNDLE!, 'utf8');
const call = (text: string) => `act('${text}')`;
const replaced = (from: string, to: string): string => {
  if (!OLD.includes(from)) throw new Error(`${from} is not in the bundle: follow the code.`);
  return OLD.replace(from, to);
};
/** Replays what the old one has begun: only a text that Temporal shows is another. */
const COMPATIBLE = replaced(call('Check the request by the rules of the provider'), call('Check the request'));
/** Does not: there is one call more. */
const BREAKING = replaced(
  call('Check that the customer is not there yet'),
  `act('Look').findAccount({}) && ${call('Check')}`,
);

const run = promisify(execFile);
const ended: (() => Promise<void>)[] = [];
let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real', hostWorkflows: false });
});
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
  await suite.close();
});

/** A worker as the environment describes it, with the bundle of its build. */
async function host(code: string, env: Record<string, string> = {}): Promise<() => Promise<void>> {
  const { deployment } = readWorkerConfig(['workflows'], { ONBOARDING_KEYS: makeKey(), ...env });
  const { nativeConnection, taskQueue } = suite.temporal;
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    dataConverter: forRuns(dataConverter),
    workflowBundle: { code },
    debugMode: true,
    // Without versions a mere label: a process may not host two workers of one queue that have the same.
    workerDeploymentOptions: deployment ?? {
      version: { deploymentName: 'none', buildId: randomUUID() },
      useWorkerVersioning: false,
    },
  });
  const running = worker.run();
  const stop = async (): Promise<void> => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
  };
  ended.push(stop);
  return stop;
}

/** Temporal's own command; repeated while the server does not know the build yet. */
async function deployment(command: string, name: string, ...options: string[]): Promise<string> {
  const { address } = suite.temporal;
  const given = command.startsWith('describe') ? [] : ['--yes'];
  const args = ['worker', 'deployment', command, '--deployment-name', name, '--address', address, ...given, ...options];
  return eventually(
    async () => (await run(process.env.TEST_TEMPORAL_CLI!, args)).stdout,
    () => true,
    30_000,
  );
}

async function buildOf({ handle }: Onboarding): Promise<string | null | undefined> {
  const { versioningInfo } = (await handle.describe()).raw.workflowExecutionInfo!;
  return versioningInfo?.deploymentVersion?.buildId;
}

async function waiting(): Promise<Onboarding> {
  const begun = await suite.start();
  await begun.until(({ wait }) => wait !== undefined);
  return begun;
}

/** Its next tasks are done by that build. Temporal's queues hear of a new current build a moment later than the command ends. */
async function isOn(each: Onboarding, build: string | undefined): Promise<void> {
  const next = async () => {
    await each.handle.signal(emailVerified, { eventId: randomUUID() });
    return buildOf(each);
  };
  await eventually(next, (now) => now === build, 20_000);
}

async function completes(each: Onboarding): Promise<string> {
  suite.provider.verified = true;
  // It may have looked, and ended, just now.
  await each.handle.signal(emailVerified, { eventId: 'clicked' }).catch(() => undefined);
  return (await each.result()).outcome;
}

const build = (name: string, id: string, versioning: string) => ({
  ONBOARDING_DEPLOYMENT_NAME: name,
  ONBOARDING_BUILD_ID: id,
  ONBOARDING_VERSIONING: versioning,
});

it('without versions, an open run goes on with the new build, and back with the old one', async () => {
  const stopOld = await host(OLD);
  const each = await waiting();
  expect(await buildOf(each)).toBeUndefined();
  const stopNew = await host(COMPATIBLE);
  await stopOld();
  await each.handle.signal(emailVerified, { eventId: 'forged' });
  await each.until(({ wait }) => wait !== undefined);
  await host(OLD);
  await stopNew();
  expect(await completes(each)).toBe('completed');
});

it('auto-upgrade: open runs follow the current build forward and back; a ramp takes new ones', async () => {
  const name = `d-${randomUUID()}`;
  await host(OLD, build(name, 'old', 'auto-upgrade'));
  await deployment('set-current-version', name, '--build-id', 'old');
  const each = await waiting();
  await isOn(each, 'old');
  await host(COMPATIBLE, build(name, 'new', 'auto-upgrade'));
  await deployment('set-ramping-version', name, '--build-id', 'new', '--percentage', '100');
  await isOn(await waiting(), 'new');
  await deployment('set-ramping-version', name, '--build-id', 'new', '--delete');
  await deployment('set-current-version', name, '--build-id', 'new');
  await isOn(each, 'new');
  await deployment('set-current-version', name, '--build-id', 'old');
  await isOn(each, 'old');
  expect(await completes(each)).toBe('completed');
});

it('pinned: an open run ends with the build that began it, though the current one could not replay it', async () => {
  const name = `d-${randomUUID()}`;
  await host(OLD, build(name, 'old', 'pinned'));
  await deployment('set-current-version', name, '--build-id', 'old');
  const each = await waiting();
  await host(BREAKING, build(name, 'new', 'pinned'));
  await deployment('set-current-version', name, '--build-id', 'new');
  await isOn(await waiting(), 'new');
  await isOn(each, 'old');
  expect(await deployment('describe-version', name, '--build-id', 'old')).toMatch(/draining/i);
  expect(await completes(each)).toBe('completed');
});

it('switched on and off: an open run goes on with the versioned build, and again with workers that have none', async () => {
  const name = `d-${randomUUID()}`;
  await host(OLD);
  const each = await waiting();
  await host(COMPATIBLE, build(name, 'new', 'auto-upgrade'));
  await deployment('set-current-version', name, '--build-id', 'new');
  await isOn(each, 'new');
  await deployment('set-current-version', name, '--unversioned');
  await isOn(each, undefined);
  const later = await waiting();
  await isOn(later, undefined);
  expect(await completes(each)).toBe('completed');
  expect(await completes(later)).toBe('completed');
  expect(await buildOf(each)).toBeUndefined();
});
