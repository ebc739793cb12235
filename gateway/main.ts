import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { misspeltSettings } from '../contract/misspelt.ts';
import { EncryptionError } from '../encryption/errors.ts';
import { OnboardingError } from '../client/index.ts';
import { readGatewayConfig } from './config.ts';
import { createGateway } from './server.ts';

const log = pino({ base: { identity: 'gateway' }, timestamp: pino.stdTimeFunctions.isoTime });

try {
  for (const message of misspeltSettings(process.env)) log.warn({ message }, 'misspelt setting');
  const config = readGatewayConfig();
  const app = await createGateway(config, log);
  const url = await app.listen({ port: config.port, host: config.host });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close(app));
  if (config.tokens.length === 0)
    log.warn('without GATEWAY_TOKENS the gateway serves this machine only, and everybody on it');
  log.info({ url }, 'gateway ready');
} catch (error) {
  log.error(reason(error), 'gateway failed');
  process.exitCode = 1;
}

/** Longer than a call to Temporal may take, shorter than an orchestrator's patience. Who has not read its answer by then is cut off. */
const CLOSE_WITHIN = 20_000;

async function close(app: FastifyInstance): Promise<void> {
  log.info('gateway closes');
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN);
  try {
    await app.close();
    log.info('gateway closed');
  } catch (error) {
    log.error(reason(error), 'gateway did not close');
    process.exitCode = 1;
  } finally {
    clearTimeout(cut);
  }
}

/** Texts of ours are fixed sentences; of anything else only the code is told. */
function reason(error: unknown): { code: string; message?: string } {
  if (error instanceof OnboardingError || error instanceof EncryptionError) {
    return { code: error.code, message: error.message };
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'Unexpected';
  return code === 'EADDRINUSE' || code === 'EACCES'
    ? {
        code,
        message:
          'The gateway cannot listen at GATEWAY_HOST and GATEWAY_PORT; choose another port, or 0 for a free one.',
      }
    : { code };
}
