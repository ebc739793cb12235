import { execFile } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommand } from '../../cli/program.ts';
import { OnboardingClient, readClientConfig } from '../../client/index.ts';
import type { Environment } from './programs.ts';
import type { Source } from './search.ts';

export interface Ran {
  code: number;
  output: string;
}

/** The `onboard` command as a process, by its real entry. Everything that it prints is kept. */
export class Onboard {
  readonly printed: Source[] = [];
  readonly #main: string;
  readonly #env: Environment;

  constructor(main: string, env: Environment) {
    this.#main = main;
    this.#env = env;
  }

  /** `name` instead of the arguments, which may hold canaries. */
  async run(name: string, args: string[], input = '', env: Environment = {}): Promise<Ran> {
    const ran = await this.unheard(args, input, env);
    this.printed.push({ name: `onboard: ${name}`, bytes: Buffer.from(ran.output) });
    return ran;
  }

  /** The same command in this process: for many calls, each of which would take half a second to start. */
  async here(name: string, args: string[], input = ''): Promise<number> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const texts = Promise.all([text(stdout), text(stderr)]);
    const connect = () => OnboardingClient.connect(readClientConfig(this.#env));
    const interruption = () => new AbortController().signal;
    const code = await runCommand(args, { stdin: Readable.from([input]), stdout, stderr, connect, interruption });
    stdout.end();
    stderr.end();
    this.printed.push({ name: `onboard: ${name}`, bytes: Buffer.from((await texts).join('\n')) });
    return code;
  }

  /** For the one command whose purpose is to print what is looked for. */
  unheard(args: string[], input = '', env: Environment = {}): Promise<Ran> {
    const { PATH = '' } = process.env;
    return new Promise((resolve) => {
      const options = { env: { PATH, ...this.#env, ...env }, timeout: 120_000 };
      const child = execFile(process.execPath, [this.#main, ...args], options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr });
      });
      child.stdin!.on('error', () => undefined);
      child.stdin!.end(input);
    });
  }
}
