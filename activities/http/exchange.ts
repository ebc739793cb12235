import type { Dispatcher } from 'undici';
import { decode } from './decode.ts';
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
  /** `undefined` when it cannot be read; then `unreadable` names what for. */
  text: string | undefined;
  unreadable?: string;
}

/** Named so because no vendor's answer is that long. */
const TOO_LARGE = 'TOO_LARGE';

/**
 * One request, one answer. Follows no redirect, so a token never travels to another host. `onSending` is called when the connection stands and
 * the request goes out on it: what fails before has certainly not been sent. Rejects as undici does, or with the signal's reason; a broken body
 * rejects too, except under an error status, which says enough by itself.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: RawRequest,
  { signal, maxBytes, onSending }: { signal: AbortSignal; maxBytes: number; onSending: () => void },
): Promise<RawAnswer> {
  const { method, url, headers, body } = request;
  const path = url.pathname + url.search;
  const options = { origin: url.origin, path, method, headers, body: body ?? null, signal };
  const answer = await dispatcher.compose(telling(onSending)).request(options);
  const { statusCode: status } = answer;
  try {
    const bytes = await read(answer.body, maxBytes);
    const decoded = bytes ? decode(bytes, answer.headers, maxBytes) : { unreadable: TOO_LARGE };
    return { status, headers: answer.headers, text: undefined, ...decoded };
  } catch (error) {
    if (status < 400 || signal.aborted) throw error;
    return { status, headers: answer.headers, text: '' };
  }
}

/** TLS and a proxy's tunnel are part of the connection, so this is the only line that holds for each of their failures. */
function telling(onSending: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        onSending();
        handler.onRequestStart?.(controller, context);
      },
      onRequestUpgrade: (...told) => handler.onRequestUpgrade?.(...told),
      onResponseStart: (...told) => handler.onResponseStart?.(...told),
      onResponseData: (...told) => handler.onResponseData?.(...told),
      onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
      onResponseError: (...told) => handler.onResponseError?.(...told),
    });
}

async function read(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
