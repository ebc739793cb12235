import { createInterface } from 'node:readline/promises';
import { RequestInvalid } from '../client/index.ts';
import type { Cli } from './cli.ts';
import { EXIT } from './exit-codes.ts';
import { oneLine, writeLine } from './output.ts';

/** Asks at a terminal what is not to be done by a slip of the finger. Elsewhere `--yes` must say it: `RequestInvalid`. */
export async function confirmed({ stdin, stderr, exitWith }: Cli, question: string): Promise<boolean> {
  if (!('isTTY' in stdin) || stdin.isTTY !== true) {
    throw new RequestInvalid(['--yes: is missing, and nobody is here to be asked; add it if you are sure.']);
  }
  const lines = createInterface({ input: stdin, output: stderr });
  const left = new AbortController();
  lines.once('SIGINT', () => lines.close()).once('close', () => left.abort());
  // Ctrl+C and Ctrl+D are a no.
  const answer = await lines.question(`${oneLine(question)} [y/N] `, { signal: left.signal }).catch(() => 'no');
  lines.close();
  if (/^y(es)?$/i.test(answer.trim())) return true;
  writeLine(stderr, 'Nothing was done.');
  exitWith(EXIT.interrupted);
  return false;
}
