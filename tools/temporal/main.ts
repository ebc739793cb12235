import { withProgress } from '../terminal/progress.ts';
import { obtainTemporal } from './install.ts';

/** Path of a `temporal` command, as `obtainTemporal`; what is slow is shown on stderr. */
export async function temporalCommand(): Promise<string> {
  const { stderr, env } = process;
  const isTerminal = stderr.isTTY && !env.NO_COLOR;
  const show = (text: string): void =>
    void stderr.write(isTerminal ? `\r\u001b[K${text.slice(0, stderr.columns - 1)}` : `${text}\n`);
  try {
    return await withProgress(show, isTerminal, (report) => obtainTemporal(env, report));
  } finally {
    if (isTerminal) stderr.write('\r\u001b[K');
  }
}
