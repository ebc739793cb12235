import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@temporalio/client';
import { runCommand } from '../../cli/program.ts';
import { OnboardingClient } from '../../client/index.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { dataConverter, keys } from '../workflows/suite.ts';
import type { TemporalOptions } from '../setup/temporal.ts';
import { openClientSuite, type ClientSuite } from '../client/suite.ts';
import { connectTo } from '../setup/connection.ts';

export interface Printed {
  type?: string;
  reference?: string;
  run?: { reference: string };
  [field: string]: unknown;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** The documents that `--json` printed. */
  json: Printed[];
}

/** A text, or what a terminal types. */
export type Input = string | NodeJS.ReadableStream;

export interface CommandSuite extends ClientSuite {
  /** Runs `onboard` with these arguments; a text is its standard input, a signal its Ctrl+C. */
  onboard: (args: string[], input?: Input, interruption?: AbortSignal) => Promise<Ran>;
}

/** The command against the suite's server and workers. Each command connects anew, as in life. */
export async function openCommandSuite(
  deadline = 60_000,
  { fourEyesAbove, ...options }: Pick<TemporalOptions, 'address' | 'clock'> & { fourEyesAbove?: number } = {},
): Promise<CommandSuite> {
  const suite = await openClientSuite(deadline, options);
  const connect = async () => {
    const connection = await connectTo(suite.temporal.address);
    return new OnboardingClient(new Client({ connection, dataConverter }), {
      taskQueue: suite.temporal.taskQueue,
      deadline,
      ...(fourEyesAbove !== undefined && { fourEyesAbove }),
    });
  };
  return { ...suite, onboard: (args, input, interruption) => run(args, connect, input, interruption) };
}

/** For what fails before it connects. */
export function onboardOffline(args: string[], input?: Input): Promise<Ran> {
  return run(args, () => Promise.reject(new Error('must not connect')), input);
}

async function run(
  args: string[],
  connect: () => Promise<OnboardingClient>,
  input: Input = '',
  interruption = new AbortController().signal,
): Promise<Ran> {
  const out = new PassThrough();
  const err = new PassThrough();
  const texts = Promise.all([text(out), text(err)]);
  const code = await runCommand(args, {
    stdin: typeof input === 'string' ? Readable.from([input]) : input,
    stdout: out,
    stderr: err,
    connect,
    keyRing: () => parseKeyRing(keys, 'the suite'),
    uiUrl: () => 'http://localhost:8233',
    userName: () => 'operator-7',
    auditFile: () => process.env['ONBOARDING_AUDIT_FILE'],
    interruption: () => interruption,
  });
  out.end();
  err.end();
  const [stdout, stderr] = await texts;
  return { code, stdout, stderr, json: args.includes('--json') ? documents(stdout) : [] };
}

function documents(stdout: string): Printed[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Printed => JSON.parse(line));
}
