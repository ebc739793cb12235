import type { Scope } from '../../contract/scopes.ts';
import type { Source } from './search.ts';
import { text } from './sources.ts';

export interface Ask {
  /** Text as it is, everything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  /** Headers and body. */
  whole: string;
  body: string;
}

/** Callers of the gateway, one for each scope. What they are told is kept. */
export class Caller {
  /** Of all answers, in order. */
  readonly statuses: number[] = [];
  readonly url: string;
  readonly #tokens: Record<Scope, string>;
  readonly #heard: Source[];

  constructor(url: string, tokens: Record<Scope, string>, heard: Source[]) {
    this.url = url;
    this.#tokens = tokens;
    this.#heard = heard;
  }

  /** By nobody known without a scope. */
  async ask(scope: Scope | undefined, method: string, path: string, ask: Ask = {}): Promise<number> {
    const { status, whole } = await this.unheard(scope, method, path, ask);
    this.statuses.push(status);
    // The path may hold what is looked for, and names of sources are printed.
    this.#heard.push(text(`gateway: ${method} ${scope ?? 'open'} ${this.statuses.length}`, whole));
    return status;
  }

  /** Of a fixed address, under its own name. */
  async read(path: string): Promise<void> {
    const { whole } = await this.unheard('read', 'GET', path);
    this.#heard.push(text(`gateway: GET ${path}`, whole));
  }

  /** For the answers whose purpose is to tell what is looked for. */
  async unheard(scope: Scope | undefined, method: string, path: string, ask: Ask = {}): Promise<Answer> {
    const { body, headers } = ask;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(scope !== undefined && { authorization: `Bearer ${this.#tokens[scope]}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answered = await response.text();
    const whole = `${JSON.stringify([...response.headers])}\n${answered}`;
    return { status: response.status, whole, body: answered };
  }

  /** The stream of an open run, until its first event. */
  async glimpse(path: string): Promise<void> {
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${this.#tokens.read}` };
    const response = await fetch(`${this.url}${path}`, { headers, signal: gone.signal });
    let seen = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      seen += chunk;
      if (seen.includes('data: ')) break;
    }
    gone.abort();
    this.#heard.push(text('gateway: stream of an open run', seen));
  }
}
