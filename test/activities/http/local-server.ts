import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { none } from '../../../activities/http/answer.ts';
import { at } from '../../../activities/http/path.ts';
import { createSend } from '../../../activities/http/send.ts';
import type { HttpOptions, Send } from '../../../activities/http/send.ts';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

export type Handler = (received: Received, response: ServerResponse, request: IncomingMessage) => void;

/** A real server on a free port that keeps what it receives. */
export class LocalServer {
  readonly received: Received[] = [];
  readonly #server = createServer((request, response) => void this.#receive(request, response));
  #handler: Handler = (_, response) => answer(response, 200, {});

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Forgets what came so far. */
  handle(handler: Handler): void {
    this.received.length = 0;
    this.#handler = handler;
  }

  get url(): string {
    const address = this.#server.address();
    if (!isAddress(address)) throw new Error('the server is not listening');
    return `http://127.0.0.1:${address.port}`;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    request.setEncoding('utf8');
    for await (const chunk of request) text += String(chunk);
    const { method = '', url: path = '', headers } = request;
    const received = { method, path, headers, body: text === '' ? undefined : decoded(text, headers) };
    this.received.push(received);
    this.#handler(received, response, request);
  }
}

function decoded(text: string, headers: IncomingHttpHeaders): unknown {
  const isForm = headers['content-type'] === 'application/x-www-form-urlencoded';
  return isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

function isAddress(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

export function answer(
  response: ServerResponse,
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) response.writeHead(status, headers).end();
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function sendTo(baseUrl: string, options: Partial<HttpOptions> = {}): Send {
  return createSend({
    provider: 'Vendor',
    baseUrl,
    headers: { accept: 'application/json' },
    timeoutMs: 5_000,
    maxBytes: 1_000,
    explain: () => ({}),
    cancellation: () => undefined,
    measure: () => undefined,
    ...options,
  });
}

export const GET = at('GET /things/{id}', { id: '1' });
export const POST = at('POST /things');

/** What a call ends with, as its code; `done` when it succeeds. */
export async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

/** The codes of a read and of a change against the same behaviour. */
export async function codes(send: Send): Promise<unknown[]> {
  return [await codeOf(send(GET, none)), await codeOf(send(POST, none, { body: {} }))];
}
