import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { known } from '../temporal/call.ts';
import { Caller } from '../temporal/caller.ts';
import { readClientConfig, type ClientConfig } from '../config.ts';
import { connectionOptions } from '../temporal/connection-options.ts';
import type { CheckResult } from './check-result.ts';
import {
  checkKey,
  checkNamespace,
  checkRetention,
  checkSearchAttributes,
  checkStoredRun,
  checkStuckRuns,
  checkWorkers,
} from './doctor-checks.ts';
import { checkKeyUse } from './key-use.ts';
import { checkLogin } from './doctor-login.ts';
import { OnboardingError, TemporalUnavailable } from '../errors.ts';
import { unservedProviders } from '../unserved.ts';

/** Looks at everything that an onboarding needs, in the order in which one thing needs the other. Ends where the rest makes no sense. */
export async function* examine(
  provider: string,
  env: NodeJS.ProcessEnv = process.env,
): AsyncGenerator<CheckResult, void> {
  const config = settings(env);
  if ('state' in config) {
    yield config;
    return;
  }
  yield { check: 'settings', state: 'ok', detail: `namespace ${config.namespace}, queue ${config.taskQueue}` };
  yield await guarded('key', () => checkKey(config.keyRing, env));

  const { connection, version } = await connect(config);
  yield version;
  if (!connection) return;
  try {
    const dataConverter = createDataConverter(config.keyRing);
    const temporal = new Client({ connection, namespace: config.namespace, dataConverter });
    const within = <R>(ask: () => Promise<R>) => temporal.withDeadline(Date.now() + config.deadline, ask);
    const namespace = await guarded('namespace', () => within(() => checkNamespace(temporal)));
    yield namespace;
    if (namespace.state === 'failed') return;
    yield await guarded('retention', () => within(() => checkRetention(temporal)));
    const attributes = await guarded('search attributes', () => within(() => checkSearchAttributes(temporal)));
    yield attributes;
    yield await guarded('stored runs', () => within(() => checkStoredRun(temporal, config.taskQueue)));
    yield await guarded('key use', () => within(() => checkKeyUse(temporal, config.taskQueue)));
    yield await guarded('stuck runs', () => within(() => checkStuckRuns(temporal, config.taskQueue)));
    yield await guarded('workers', () => within(() => checkWorkers(temporal, config.taskQueue)));
    yield await guarded('workers', () => within(() => checkWorkers(temporal, config.taskQueue, provider)));
    if (attributes.state === 'ok') yield* checkOthers(new Caller(temporal, config), provider);
    yield await checkLogin(provider, env);
  } finally {
    await connection.close();
  }
}

/** Runs of the other providers may wait for a worker, too. */
async function* checkOthers(caller: Caller, provider: string): AsyncGenerator<CheckResult, void> {
  try {
    const others = await unservedProviders(
      caller,
      PROVIDERS.filter((one) => one !== provider),
    );
    for (const { problem } of others) yield failure('workers', problem);
  } catch (error) {
    yield failure('workers', error);
  }
}

function settings(env: NodeJS.ProcessEnv): ClientConfig | CheckResult {
  try {
    return readClientConfig(env);
  } catch (error) {
    return failure('settings', error);
  }
}

async function connect(config: ClientConfig): Promise<{ connection?: Connection; version: CheckResult }> {
  try {
    const connection = await Connection.connect(connectionOptions(config));
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    return { connection, version: { check: 'server', state: 'ok', detail: `Temporal ${serverVersion}` } };
  } catch (error) {
    return { version: failure('server', known({ within: config.deadline }, error) ?? new TemporalUnavailable(error)) };
  }
}

/** A check that fails must not keep the later ones from being made. */
async function guarded(check: CheckResult['check'], look: () => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await look();
  } catch (error) {
    return failure(check, known({ within: 0 }, error) ?? error);
  }
}

function failure(check: CheckResult['check'], error: unknown): CheckResult {
  if (!(error instanceof OnboardingError)) {
    return {
      check,
      state: 'failed',
      detail: 'Temporal did not answer',
      remedy: 'Try again; look at the server’s log.',
    };
  }
  const [detail, remedy] = error.message.split('; ', 2);
  return {
    check,
    state: 'failed',
    detail: detail!,
    ...(remedy && { remedy: remedy[0]!.toUpperCase() + remedy.slice(1) }),
  };
}
