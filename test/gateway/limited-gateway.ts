import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { compiled } from '../setup/compiled.ts';

const ENDS_WITH_PARENT = path.resolve('test/setup/ends-with-parent.mjs');

export interface LimitedGateway {
  port: number;
  url: string;
  /** Resident memory at its highest, in megabytes. */
  peak: () => Promise<number>;
  isAlive: () => boolean;
  close: () => void;
}

/** A gateway as a program of its own, with so many descriptors and megabytes of heap. */
export async function startLimited(
  env: Record<string, string>,
  { descriptors, heap }: { descriptors: number; heap: number },
): Promise<LimitedGateway> {
  const node = [process.execPath, `--max-old-space-size=${heap}`, '--import', ENDS_WITH_PARENT];
  const program = spawn(
    'bash',
    ['-c', `ulimit -n ${descriptors}; exec "$@"`, 'limited', ...node, compiled('gateway/main.js')],
    { env: { PATH: process.env.PATH, ...env, GATEWAY_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: program.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    program.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
    lines.on('line', (line) => {
      const said = JSON.parse(line) as { msg?: string; url?: string };
      if (said.msg === 'gateway ready') resolve(said.url!);
    });
  });
  return {
    port: Number(new URL(url).port),
    url,
    peak: async () => {
      const status = await readFile(`/proc/${program.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+)/m.exec(status)![1]) / 1024;
    },
    isAlive: () => program.exitCode === null && program.signalCode === null,
    close: () => void program.kill('SIGKILL'),
  };
}
