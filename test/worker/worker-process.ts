import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const ENDS_WITH_PARENT = path.resolve('test/setup/ends-with-parent.mjs');

type Line = Record<string, unknown>;

/** A worker as it is run in production: compiled, in its own process, configured by environment alone. */
export class WorkerProcess {
  readonly lines: Line[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  #wake: () => void = () => undefined;

  constructor(main: string, roles: string[], env: Record<string, string>) {
    const args = roles.flatMap((role) => ['--role', role]);
    this.#child = spawn(process.execPath, ['--import', ENDS_WITH_PARENT, main, ...args], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Not `exit`: what it said last may come after that.
    this.#ended = once(this.#child, 'close');
    createInterface({ input: this.#child.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line));
      this.#wake();
    });
  }

  /** The first line with this message. Fails when the process ends without it. */
  async logged(message: string): Promise<Line> {
    const ended = this.#ended.then(() => 'ended' as const);
    for (;;) {
      const line = this.lines.find(({ msg }) => msg === message);
      if (line) return line;
      const next = new Promise<void>((resolve) => (this.#wake = resolve));
      if ((await Promise.race([next, ended])) === 'ended') throw new Error(`the worker ended without "${message}"`);
    }
  }

  /** The exit code after the signal, or the signal's name when it was not handled. */
  async stop(signal: NodeJS.Signals): Promise<unknown> {
    this.#child.kill(signal);
    return this.exit();
  }

  async exit(): Promise<unknown> {
    const [code, signal] = await this.#ended;
    return code ?? signal;
  }
}
