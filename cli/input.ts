import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { RequestInvalid } from '../client/index.ts';
import { jsonIn, textIn } from '../client/requests/json.ts';

/** The JSON in a file, or in the standard input for `-`. The file's name is not repeated: somebody may have put a value in its place. */
export async function readJson(file: string, stdin: NodeJS.ReadableStream): Promise<unknown> {
  return file === '-' ? jsonIn(await buffer(stdin), STDIN) : jsonIn(await bytesOf(file), 'FILE');
}

/** A value given as argument, or the first line of the standard input for `-`, which keeps it out of the shell's history. */
export async function readValue(value: string, stdin: NodeJS.ReadableStream): Promise<string> {
  return value === '-' ? textIn(await buffer(stdin), STDIN).split(/\r?\n/, 1)[0]! : value;
}

/** The text in a file, or in the standard input for `-`. */
export async function readText(file: string, stdin: NodeJS.ReadableStream): Promise<string> {
  return file === '-' ? textIn(await buffer(stdin), STDIN) : textIn(await bytesOf(file), 'FILE');
}

const STDIN = 'standard input';

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new RequestInvalid([`FILE: cannot be read (${reason}); check its path and rights.`]);
  }
}
