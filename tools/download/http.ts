import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { EnvHttpProxyAgent, request } from 'undici';
import { errorCode, errorMessage } from '../process/errors.ts';
import { atMost, type Limits } from './limits.ts';

const MOST_REDIRECTS = 5;
const MOST_JSON_BYTES = 10_000_000;

/** Where to ask. User and password in the URL are sent to its own origin only, and are in no error. */
export interface Place {
  url: URL;
  accept?: string;
}

/** The JSON a place answers, and the URL that links in it are relative to. */
export function getJson(place: Place, limits: Limits): Promise<{ json: unknown; base: URL }> {
  return withAnswer(place, limits, async (body, base) => {
    const answer = await pipeline(body, atMost(MOST_JSON_BYTES), (chunks) => text(chunks));
    try {
      return { json: JSON.parse(answer), base };
    } catch (error) {
      throw new Error('its answer is no JSON', { cause: error });
    }
  });
}

/** Saves what a place answers to a file. */
export function saveFile(place: Place, file: string, limits: Limits, onBytes: (bytes: number) => void): Promise<void> {
  return withAnswer(place, limits, (body) =>
    pipeline(body, atMost(limits.sentBytes, onBytes), createWriteStream(file)),
  );
}

/** Where an answer leads, by a redirect or a link. Throws where somebody who was asked over https leads to anything less. */
export function follow(from: URL, to: string): URL {
  const next = new URL(to, from);
  if (next.protocol === 'https:' || (next.protocol === 'http:' && from.protocol === 'http:')) return next;
  throw new Error(`it leads to ${next.protocol}//${next.host}, and only https is followed from https`);
}

/** Every error names the host it is about. */
async function withAnswer<Result>(
  { url, accept }: Place,
  limits: Limits,
  use: (body: Readable, url: URL) => Promise<Result>,
): Promise<Result> {
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: limits.connectMs } });
  const options = { dispatcher, headersTimeout: limits.stallMs, bodyTimeout: limits.stallMs };
  const signal = AbortSignal.timeout(limits.totalMs);
  let at = url;
  try {
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const headers = { ...(accept ? { accept } : {}), ...(at.origin === url.origin ? credentials(url) : {}) };
      const { statusCode, headers: answered, body } = await request(at, { ...options, signal, headers });
      if (statusCode === 200) return await use(body, at);
      // Nobody reads it: that it ends early is no error.
      body.on('error', () => undefined).destroy();
      const { location } = answered;
      if (statusCode < 300 || statusCode > 399 || typeof location !== 'string') {
        throw new Error(`it answered ${statusCode}`);
      }
      at = follow(at, location);
    }
    throw new Error(`it redirects more than ${MOST_REDIRECTS} times`);
  } catch (error) {
    throw new Error(`${at.host}: ${describe(error, limits)}`, { cause: error });
  } finally {
    await dispatcher.destroy();
  }
}

function credentials({ username, password }: URL): { authorization?: string } {
  if (!username && !password) return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function describe(error: unknown, { connectMs, stallMs, totalMs }: Limits): string {
  switch (errorCode(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `no connection within ${connectMs / 1000} s`;
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `nothing came for ${stallMs / 1000} s`;
    // What AbortSignal.timeout throws: a DOMException, whose code is a number.
    case DOMException.TIMEOUT_ERR:
      return `it was not done within ${totalMs / 1000} s`;
    default:
      // Several addresses that all refuse are one error without text.
      return errorMessage(error) || String(errorCode(error));
  }
}
