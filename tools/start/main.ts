import { chmod, mkdir, rm } from 'node:fs/promises';
import { OnboardingClient, readClientConfig } from '../../client/index.ts';
import { misspeltSettings } from '../../contract/misspelt.ts';
import { errorMessage } from '../process/errors.ts';
import { Supervisor } from '../process/supervisor.ts';
import { Screen } from '../terminal/screen.ts';
import { bringUp, type Stack } from './bring-up.ts';
import { claimCheckout, type Running } from './claim.ts';
import { FILES, FOLDER, type StartOptions } from './config.ts';
import { runDemo } from './demo.ts';
import { demoProvider } from './providers/index.ts';
import { writeEnvironment } from './environment.ts';

/** After this `--once` gives up waiting: something hangs, or a person would have to act. */
const ONCE_WITHIN_MINUTES = 10;

const EXIT = { done: 0, failed: 1, interrupted: 130 } as const;

/** `npm start`: brings everything up, onboards the example's customer, stays up. Ends the process. */
export async function start(options: StartOptions): Promise<never> {
  const screen = new Screen();
  const interruption = interrupted();
  for (const line of misspeltSettings(process.env)) screen.say(line);
  try {
    demoProvider(options.provider);
    // Of all programs that are started here, too: keys, passwords and customers' mail are for their owner alone.
    process.umask(0o077);
    await mkdir(FOLDER, { recursive: true });
    await chmod(FOLDER, 0o700);
    const running: Running = { since: new Date().toISOString(), places: {}, groups: [] };
    const lock = await claimCheckout(running, (line) => screen.say(line));
    let failure: unknown;
    const supervisor = new Supervisor({
      say: (line) => screen.say(line),
      groups: (groups) => lock.write(Object.assign(running, { groups })),
      gaveUp: (error) => {
        failure = error;
        interruption.abort();
      },
    });
    try {
      await rm(FILES.logs, { recursive: true, force: true });
      await mkdir(FILES.logs);
      const work = async (): Promise<number> => {
        const stack = await bringUp(options, screen, supervisor);
        await lock.write(Object.assign(running, { places: places(stack) }));
        return use(stack, options, screen, interruption.signal);
      };
      const code = await Promise.race([work(), aborted(interruption.signal)]);
      if (failure) throw failure;
      screen.say(code === EXIT.interrupted ? 'Stopping; npm start goes on where it was.' : 'Stopping.');
      process.exitCode = code === EXIT.interrupted && !options.once ? EXIT.done : code;
    } finally {
      await supervisor.stop();
      await lock.release();
    }
  } catch (error) {
    process.stderr.write(`${errorMessage(error)}\n`);
    process.exitCode = EXIT.failed;
  }
  return process.exit();
}

/** Onboards the example's customer, then waits for Ctrl+C, or ends with `--once`. */
async function use(stack: Stack, options: StartOptions, screen: Screen, signal: AbortSignal): Promise<number> {
  const { addresses, environment, settings } = stack;
  const config = readClientConfig(settings);
  await writeEnvironment(environment);
  const client = await OnboardingClient.connect(config);
  const patience = options.once ? AbortSignal.timeout(ONCE_WITHIN_MINUTES * 60_000) : undefined;
  const done = await runDemo({
    client,
    ...addresses,
    namespace: config.namespace,
    byHand: options.byHand,
    provider: demoProvider(options.provider),
    screen,
    signal: patience ? AbortSignal.any([signal, patience]) : signal,
  });
  await client.close();
  if (patience?.aborted) screen.say(`The onboarding did not end within ${ONCE_WITHIN_MINUTES} minutes.`);
  if (signal.aborted) return EXIT.interrupted;
  if (options.once) return done ? EXIT.done : EXIT.failed;
  screen.say(
    `\nEverything stays up until Ctrl+C. In another terminal:\n  . ${FILES.environment}\n  npx onboard list\n  curl ${addresses.gateway}/v1/onboardings`,
  );
  return aborted(signal);
}

function places({ addresses }: Stack): Record<string, string> {
  const { temporal, ui, gateway, sandbox } = addresses;
  return {
    'Temporal server': temporal,
    ...(ui && { 'Temporal UI': ui }),
    Gateway: `${gateway}/docs`,
    Sandbox: `${sandbox}/_sandbox/`,
  };
}

/** Aborts at Ctrl+C, `kill`, or the end of the terminal. The second time the process ends at once; its children follow it. */
function interrupted(): AbortController {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  }
  return controller;
}

function aborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(EXIT.interrupted);
    signal.addEventListener('abort', () => resolve(EXIT.interrupted), { once: true });
  });
}
