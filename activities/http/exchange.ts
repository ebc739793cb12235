import type { Dispatcher } from 'undici';
import type { Method } from './path.ts';
import type { Headers } from './retry-after.ts';

export interface RawRequest {
  method: Method;
  url: URL;
  headers: Record<string, string>;
  body: string | undefined;
}

export interface RawAnswer {
  status: number;
  headers: Headers;
  /** `undefined` when it is larger than allowed. */
  text: string | undefined;
}

/**
 * One request, one answer. Follows no redirect, so a token never travels to another host. Rejects as undici does, or with
 * the signal's reason; a broken body rejects too, except under an error status, which says enough by itself.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: RawRequest,
  signal: AbortSignal,
  maxBytes: number,
): Promise<RawAnswer> {
  const { method, url, headers, body } = request;
  const path = url.pathname + url.search;
  const options = { origin: url.origin, path, method, headers, body: body ?? null, signal };
  const answer = await dispatcher.request(options);
  const { statusCode: status } = answer;
  try {
    return { status, headers: answer.headers, text: await read(answer.body, maxBytes) };
  } catch (error) {
    if (status < 400 || signal.aborted) throw error;
    return { status, headers: answer.headers, text: '' };
  }
}

async function read(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
