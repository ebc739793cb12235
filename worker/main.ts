import { parseArgs } from 'node:util';
import type { Logger } from '@temporalio/common';
import { misspeltSettings } from '../contract/misspelt.ts';
import { readWorkerConfig, type WorkerConfig } from './config.ts';
import { loginsHold } from './check.ts';
import { hostRoles } from './hosting.ts';
import { createLogger } from './logging.ts';
import { StartRefused } from './errors.ts';

// `worker [--role workflows] [--role defentry] …`: hosts the roles named, by default all that are configured.
// With `--check` it logs in at the providers of those roles instead, says how that went, and ends.

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

let log: Logger = createLogger('info', 'worker');
try {
  const { role = [], check } = argumentsGiven();
  for (const message of misspeltSettings(process.env)) log.warn('misspelt setting', { message });
  const config = readWorkerConfig(role);
  log = createLogger(config.logLevel, config.identity);
  if (check) process.exitCode = (await loginsHold(config.roles, log)) ? 0 : 1;
  else await host(config);
} catch (error) {
  log.error('worker failed', { error });
  process.exitCode = 1;
}
// A connection that was never answered would keep the process.
setTimeout(() => process.exit(), 1000).unref();

/** A signal that comes before the workers run ends the process; from then on the runtime lets them end what is under way. */
async function host(config: WorkerConfig): Promise<void> {
  const endNow = () => {
    log.info('worker stopped');
    process.exit(0);
  };
  for (const signal of SIGNALS) process.once(signal, endNow);
  await hostRoles(config, log, () => {
    for (const signal of SIGNALS) process.off(signal, endNow);
  });
}

function argumentsGiven(): { role?: string[]; check?: boolean } {
  try {
    return parseArgs({ options: { role: { type: 'string', multiple: true }, check: { type: 'boolean' } } }).values;
  } catch {
    throw new StartRefused(
      'ConfigInvalid',
      'The worker takes only --role NAME, any number of times, and --check; leave out the rest.',
    );
  }
}
