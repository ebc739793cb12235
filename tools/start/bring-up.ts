import type { Supervisor } from '../process/supervisor.ts';
import { choosePort, freePorts } from '../process/ports.ts';
import { obtainTemporal } from '../temporal/install.ts';
import { withProgress } from '../terminal/progress.ts';
import type { Screen } from '../terminal/screen.ts';
import { PORTS, type StartOptions } from './config.ts';
import { demoProvider } from './providers/index.ts';
import { keyEnvironment, ownServer, withoutTemporal, type Environment } from './environment.ts';
import { gatewayService, sandboxService, temporalService, workerService, type Addresses } from './services.ts';

export interface Stack {
  addresses: Addresses;
  /** What a command in another terminal needs to reach the stack. */
  environment: Environment;
  /** The same on top of the person's own settings. */
  settings: NodeJS.ProcessEnv;
}

/** Starts everything in order, the gateway before the UI that asks its codec. Ends when all of it is ready. */
export async function bringUp(options: StartOptions, screen: Screen, supervisor: Supervisor): Promise<Stack> {
  const { env } = process;
  const say = (line: string): void => screen.say(line);
  const provider = demoProvider(options.provider);
  const external = env.TEMPORAL_ADDRESS;
  // First, as it may take minutes, in which a free port may be taken.
  const executable = external ? '' : await obtainCommand(screen);
  const [httpPort, metricsPort] = await freePorts(2);
  const gatewayPort = await choosePort(PORTS.gateway, env, say);
  const sandboxPort = await choosePort(PORTS.sandbox, env, say);
  const port = external ? 0 : await choosePort(PORTS.temporal, env, say);
  const uiPort = external ? 0 : await choosePort(PORTS.ui, env, say);
  const addresses: Addresses = {
    temporal: external ?? `127.0.0.1:${port}`,
    ui: external ? env.TEMPORAL_UI_URL : `http://127.0.0.1:${uiPort}`,
    gateway: local(gatewayPort),
    sandbox: local(sandboxPort),
    metrics: local(metricsPort!),
  };
  const base = external ? env : withoutTemporal(env);
  const environment: Environment = {
    ...(external ? { TEMPORAL_ADDRESS: external } : await ownServer(port, local(uiPort))),
    ...provider.environment(addresses.sandbox),
  };
  const settings = (): NodeJS.ProcessEnv => ({ ...base, ...environment });
  await screen.run([
    {
      title: 'Encryption key',
      task: async (_, view) => {
        const { variables, made } = await keyEnvironment(env);
        Object.assign(environment, variables);
        if (made) view.title = `Encryption key, made now: ${variables.ONBOARDING_KEY_FILE}`;
      },
    },
    {
      title: `Gateway on ${addresses.gateway}`,
      task: () => supervisor.start(gatewayService(addresses, settings())),
    },
    {
      title: `Temporal server on ${addresses.temporal}, UI on ${addresses.ui}`,
      enabled: !external,
      task: () =>
        supervisor.start(temporalService(executable, { port, uiPort, httpPort: httpPort! }, addresses.gateway)),
    },
    {
      title: `Sandbox of ${provider.title} on ${addresses.sandbox}`,
      task: () => supervisor.start(sandboxService(addresses.sandbox, options, base)),
    },
    { title: 'Worker', task: () => supervisor.start(workerService(addresses.metrics, settings())) },
  ]);
  return { addresses, environment, settings: settings() };
}

async function obtainCommand(screen: Screen): Promise<string> {
  let executable = '';
  await screen.run([
    {
      title: 'Temporal CLI',
      task: async (_, view) => {
        const show = (text: string): void => void (view.output = text);
        executable = await withProgress(show, screen.isTerminal, (report) => obtainTemporal(process.env, report));
      },
    },
  ]);
  return executable;
}

function local(port: number): string {
  return `http://127.0.0.1:${port}`;
}
