import { parseArgs } from 'node:util';
import type { Logger } from '@temporalio/common';
import { readWorkerConfig } from './config.ts';
import { loginsHold } from './check.ts';
import { hostRoles } from './hosting.ts';
import { createLogger } from './logging.ts';
import { StartRefused } from './errors.ts';

// `worker [--role workflows] [--role defentry] …`: hosts the roles named, by default all that are configured.
// With `--check` it logs in at the providers of those roles instead, says how that went, and ends.

let log: Logger = createLogger('info', 'worker');
try {
  const { role = [], check } = argumentsGiven();
  const config = readWorkerConfig(role);
  log = createLogger(config.logLevel, config.identity);
  if (check) process.exitCode = (await loginsHold(config.roles, log)) ? 0 : 1;
  else await hostRoles(config, log);
} catch (error) {
  log.error('worker failed', { error });
  process.exitCode = 1;
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
