import path from 'node:path';
import { answers, type Service } from '../process/service.ts';
import { devServer } from '../temporal/dev-server.ts';
import { FILES, PLAY_AFTER, sandboxFile, type StartOptions } from './config.ts';
import { demoProvider } from './providers/index.ts';

export interface Addresses {
  /** Host and port of the server. */
  temporal: string;
  /** Base addresses; without the UI's there are no links to it. */
  ui: string | undefined;
  gateway: string;
  sandbox: string;
  metrics: string;
}

function log(name: string): string {
  return path.resolve(FILES.logs, `${name}.log`);
}

/** One of the project's own programs, as compiled. */
function program(
  name: string,
  main: string,
  env: NodeJS.ProcessEnv,
): Pick<Service, 'command' | 'args' | 'env' | 'log'> {
  return { command: process.execPath, args: ['--enable-source-maps', path.resolve('dist', main)], env, log: log(name) };
}

export function temporalService(
  executable: string,
  ports: { port: number; uiPort: number; httpPort: number },
  gateway: string,
): Service {
  return devServer({
    executable,
    log: log('temporal'),
    port: ports.port,
    httpPort: ports.httpPort,
    ui: { port: ports.uiPort, codecUrl: `${gateway}/codec` },
    database: path.resolve(FILES.temporal),
  });
}

/** For this machine only, whatever the person has set for another gateway: the UI and the printed commands have no token. */
export function gatewayService({ gateway, ui }: Addresses, env: NodeJS.ProcessEnv): Service {
  const { port } = new URL(gateway);
  const others = [
    'GATEWAY_HOST',
    'GATEWAY_TOKENS',
    'GATEWAY_TOKENS_FILE',
    'GATEWAY_PUBLIC_URL',
    'GATEWAY_TRUSTED_PROXIES',
  ];
  const own = { GATEWAY_PORT: port, ...Object.fromEntries(others.map((name) => [name, ''])) };
  return {
    name: 'Gateway',
    ...program('gateway', 'gateway/main.js', { ...env, ...own, CODEC_UI_ORIGINS: ui ?? '' }),
    isReady: () => answers(`${gateway}/livez`),
  };
}

export function sandboxService(sandbox: string, options: StartOptions, env: NodeJS.ProcessEnv): Service {
  const { port } = new URL(sandbox);
  return {
    name: 'Sandbox',
    ...program('sandbox', 'sandbox/main.js', {
      ...env,
      SANDBOX_PROVIDER: options.provider,
      SANDBOX_PORT: port,
      SANDBOX_DATA: path.resolve(sandboxFile(options.provider)),
      SANDBOX_PLAY: options.byHand ? '' : PLAY_AFTER,
      SANDBOX_OPTIONS: JSON.stringify(demoProvider(options.provider).sandboxOptions),
    }),
    isReady: () => answers(`${sandbox}/_sandbox/health`),
  };
}

export function workerService(metrics: string, env: NodeJS.ProcessEnv): Service {
  return {
    name: 'Worker',
    ...program('worker', 'worker/main.js', {
      ...env,
      ONBOARDING_METRICS_ADDRESS: new URL(metrics).host,
      ONBOARDING_SHUTDOWN_GRACE: 'PT5S',
    }),
    isReady: () => answers(`${metrics}/metrics`),
  };
}
