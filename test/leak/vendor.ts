import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request as send } from 'undici';

export interface Call {
  /** `POST /api/v1/account`. */
  route: string;
  headers: Record<string, string>;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** What happens to a call instead of an answer: nothing until the caller gives up, or a reset connection. */
export type Mischief = Reply | 'hang' | 'drop';

export interface Fault {
  name: string;
  meets: (call: Call) => boolean;
  does: (call: Call) => Mischief;
  /** After the sandbox has done what was asked. */
  afterwards?: boolean;
  times: number;
  fired: number;
}

/** Of the three vendors, by the names of fields in bodies and answers. */
const SECRETS = new Set([
  'token',
  'access_token',
  'accessToken',
  'refreshToken',
  'password',
  'new_password',
  'confirmation_code',
]);

/**
 * Stands between the worker and the sandbox: a vendor that misbehaves in ways of which the sandbox knows nothing, first of
 * all one that quotes what it was sent. Remembers the secrets that went through: tokens, codes, passwords.
 */
export class Vendor {
  readonly faults: Fault[] = [];
  readonly secrets = new Set<string>();
  /** What was answered instead of what the sandbox says. */
  readonly quoted: string[] = [];
  readonly #sandbox: string;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));

  constructor(sandbox: string) {
    this.#sandbox = sandbox;
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  disturb(fault: Omit<Fault, 'fired' | 'times'> & { times?: number }): Fault {
    const added = { times: 1, ...fault, fired: 0 };
    this.faults.push(added);
    return added;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    let body = '';
    request.setEncoding('utf8');
    for await (const chunk of request) body += String(chunk);
    const call = { route: `${method} ${url}`, headers, body };
    const fault = this.faults.find((each) => each.fired < each.times && each.meets(call));
    if (fault) fault.fired += 1;
    if (!fault || fault.afterwards) {
      const reply = await this.#forward(method, url, call);
      if (!fault) return answer(response, reply);
    }
    const mischief = fault.does(call);
    if (typeof mischief === 'object') this.quoted.push(JSON.stringify(mischief));
    if (mischief === 'drop') request.socket.resetAndDestroy();
    else if (mischief !== 'hang') answer(response, mischief);
  }

  async #forward(method: string, url: string, { headers, body }: Call): Promise<Reply> {
    const { host: _host, 'content-length': _length, connection: _connection, ...kept } = headers;
    // Not `fetch`, which sends no body with GET; one of the vendors takes them.
    const {
      statusCode,
      headers: given,
      body: answered,
    } = await send(this.#sandbox + url, {
      method,
      headers: kept,
      ...(body !== '' && { body }),
    });
    const text = await answered.text();
    for (const each of [body, text]) this.#learn(each);
    const names = ['content-type', 'retry-after', 'x-ratelimit-reset'];
    const passed = names.flatMap((name) => (given[name] === undefined ? [] : [[name, String(given[name])]]));
    return { status: statusCode, headers: Object.fromEntries(passed), body: text };
  }

  #learn(text: string): void {
    if (!/^[{[]/.test(text)) return;
    JSON.parse(text, (key, value: unknown) => {
      if (SECRETS.has(key) && typeof value === 'string') this.secrets.add(value);
      return value;
    });
  }
}

function answer(response: ServerResponse, { status, headers = {}, body = '' }: Reply): void {
  response.writeHead(status, headers).end(body);
}
