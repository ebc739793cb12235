import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Cli } from './cli.ts';
import { isTerminal } from './live.ts';

/** What is over sooner needs no bar. */
const SHOWN_AFTER = 1000;
const WIDTH = 30;

class OnTerminal extends DefaultRenderer {
  static override nonTTY = true;
}

export interface Bar {
  title: string;
  /** How many pieces there are, where that is known. */
  total?: number;
  json?: boolean | undefined;
}

/**
 * Does the work, and shows on a terminal how far it is once it has taken a second; `tick` counts one piece. Nothing is shown elsewhere, nor
 * with `json`: the answer is for a program or a file.
 */
export async function withBar<R>(
  { stderr }: Pick<Cli, 'stderr'>,
  { title, total, json = false }: Bar,
  work: (tick: () => void) => Promise<R>,
): Promise<R> {
  const begun = performance.now();
  let done = 0;
  let show = (): void => undefined;
  const working = work(() => {
    done += 1;
    show();
  });
  if (json || !isTerminal(stderr)) return working;
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(resolve, SHOWN_AFTER, 'slow');
  });
  const first = await Promise.race([working.then(() => 'done' as const), slow]).finally(() => clearTimeout(timer));
  if (first === 'slow') {
    const list = new Listr(
      [
        {
          title,
          task: async (_, task) => {
            show = () => (task.output = barOf(done, total, performance.now() - begun));
            show();
            await working;
          },
        },
      ],
      {
        renderer: OnTerminal,
        rendererOptions: {
          clearOutput: true,
          logger: new ListrLogger({ processOutput: new ProcessOutput(stderr, stderr) }),
        },
        registerSignalListeners: false,
      },
    );
    await list.run();
  }
  return working;
}

/**
 * For example `██████░░░░  60 of 100, 12/s, 4 s left`.
 * @internal
 */
export function barOf(done: number, total: number | undefined, elapsed: number): string {
  const rate = done / (elapsed / 1000);
  const pace = `${rate.toFixed(rate < 10 ? 1 : 0)}/s`;
  if (total === undefined || total === 0) return `${done}, ${pace}`;
  const filled = Math.round((Math.min(done, total) / total) * WIDTH);
  const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}  ${done} of ${total}, ${pace}${left}`;
}
