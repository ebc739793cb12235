import { pino } from 'pino';
import { misspelt, readConfig } from './config.ts';

const log = pino({ name: 'sandbox' });

async function main(): Promise<void> {
  for (const message of misspelt()) log.warn({ message }, 'misspelt setting');
  const { port, open, ...options } = readConfig();
  const sandbox = open(options);
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'sandbox stopping');
    void sandbox.close();
  };
  try {
    const url = await sandbox.listen(port);
    process.once('SIGTERM', stop).once('SIGINT', stop);
    log.info({ url, outbox: `${url}/_sandbox/` }, 'sandbox ready');
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

try {
  await main();
} catch (error) {
  log.fatal({ reason: error instanceof Error ? error.message : 'unknown' }, 'sandbox could not start');
  process.exitCode = 1;
}
