import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { RequestInvalid } from '../client/index.ts';

/**
 * The JSON in a file, or in the standard input for `-`. The parser's own message is not repeated: it quotes the input. Nor is the file's name, in
 * whose place somebody may have put a value.
 */
export async function readJson(file: string, stdin: NodeJS.ReadableStream): Promise<unknown> {
  const content = file === '-' ? await text(stdin) : await readText(file);
  try {
    return JSON.parse(content);
  } catch {
    throw new RequestInvalid([`${nameOf(file)}: must be JSON; correct it.`]);
  }
}

/** A value given as argument, or the first line of the standard input for `-`, which keeps it out of the shell's history. */
export async function readValue(value: string, stdin: NodeJS.ReadableStream): Promise<string> {
  return value === '-' ? (await text(stdin)).split(/\r?\n/, 1)[0]! : value;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new RequestInvalid([`FILE: cannot be read (${reason}); check its path and rights.`]);
  }
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : 'FILE';
}
