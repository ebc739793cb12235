/** One call, as a vendor's handler sees it. */
export interface Call {
  /** Without the query. */
  path: string;
  params: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: Record<string, unknown>;
  /** `http://host:port` as the caller addressed us. */
  origin: string;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** `path` in Fastify's notation. The handler is synchronous and runs in one transaction. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  handle(call: Call): Answer;
}

/** What goes over the wire. */
export interface Encoded {
  status: number;
  contentType: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A vendor's "no". Thrown by handlers; undoes the transaction. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly status: number;
  readonly details: { field: string; issue: string }[] | undefined;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    message: string,
    more: { details?: { field: string; issue: string }[]; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.status = status;
    this.details = more.details;
    this.headers = more.headers ?? {};
  }
}

/** How a vendor writes its answers. `legacy` asks for the older format whatever the call's headers say. */
export interface Dialect {
  answer(answer: Answer, headers: Record<string, string>, legacy: boolean): Encoded;
  error(error: VendorError, headers: Record<string, string>, legacy: boolean): Encoded;
  /** The vendor's own header of section "rate limits", in place of Retry-After. */
  resetHeader(at: Date): Record<string, string>;
}
