/** Where a slow piece of work is. */
export interface Progress {
  phase: string;
  done?: number;
  total?: number;
}

export type Report = (progress: Progress) => void;

const PLAIN_EVERY_MS = 15_000;

function describeProgress({ phase, done, total }: Progress, elapsedMs: number): string {
  const count = done === undefined ? '' : ` ${done}${total === undefined ? '' : ` of ${Math.max(done, total)}`}`;
  const seconds = Math.floor(elapsedMs / 1000);
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${phase}${count} (${time})`;
}

/**
 * Runs slow work and shows where it is: on a terminal every second, else a line per phase and every 15 seconds.
 * `write` takes each text to be shown.
 */
export async function withProgress<Result>(
  write: (text: string) => void,
  isTerminal: boolean,
  work: (report: Report) => Promise<Result>,
): Promise<Result> {
  const startedAt = Date.now();
  let current: Progress | undefined;
  const show = (): void => {
    if (current) write(describeProgress(current, Date.now() - startedAt));
  };
  const timer = setInterval(show, isTerminal ? 1000 : PLAIN_EVERY_MS);
  try {
    return await work((next) => {
      const isNewPhase = next.phase !== current?.phase;
      current = next;
      if (isNewPhase) show();
    });
  } finally {
    clearInterval(timer);
  }
}
