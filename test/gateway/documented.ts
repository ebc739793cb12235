import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { inStream } from './event-source.ts';
import { matcherOf, type Document, type Operation } from './operations.ts';

/** What was asked and what came back. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  text: string;
}

/** What is wrong with an answer, one sentence each. They quote nothing of it. */
export type Judge = (exchange: Exchange) => string[];

const PROBLEM = 'application/problem+json';
const STREAM = 'text/event-stream';
/** Which event tells what: OpenAPI 3.1 has no words for the parts of a stream, so the route says it in its description. */
const EVENTS: Record<string, string> = { progress: 'Progress', result: 'Result', problem: 'Problem' };

/** Refused by Node or the router before any route is found, whatever the address. */
const BEFORE_ROUTES = [400, 408, 431];
/** No such address, another method, a body that nobody takes, and too many of them. */
const OFF_ROUTES = [...BEFORE_ROUTES, 404, 405, 413, 415, 429];

/** Of browsers, senders and the platform, in no document: what they answer with unless they refuse. */
const HIDDEN: { address: RegExp; types: RegExp; refusesWithPages?: boolean }[] = [
  { address: /^\/docs(\/|$)/, types: /./ },
  { address: /^\/metrics$/, types: /^text\/plain$/ },
  { address: /^\/(v|eid)\//, types: /^text\/html$/, refusesWithPages: true },
  { address: /^\/webhooks\//, types: /^(application\/json)?$/ },
];

/**
 * Judges answers by the OpenAPI document: status and content type must be in it for the route, body and headers as it says, and a problem
 * tells the status it came with. HEAD is GET without the body. An address that is in no document answers with a problem of no route, or is
 * one of the few above.
 */
export function judgeBy(document: Document): Judge {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  addFormats.default(ajv);
  // Strict about words that are no schema's, but for those of the document around the schemas.
  ajv.addVocabulary(Object.keys(document));
  ajv.addSchema(document, 'document');
  const find = matcherOf(document);

  /** Compiled when it is first needed. */
  const broken = (what: string, pointer: string[], value: unknown): string[] => {
    const $ref = `document#/${pointer.map((part) => encodeURIComponent(escaped(part))).join('/')}`;
    const holds = ajv.getSchema($ref) ?? ajv.compile({ $ref });
    return holds(value) ? [] : (holds.errors ?? []).map((error) => sentence(what, error));
  };

  const asProblem = ({ status, headers, text, method }: Exchange): string[] => {
    if (typeOf(headers) !== PROBLEM) return [`the refusal is ${typeOf(headers) || 'nothing'} and no problem document`];
    if (method === 'HEAD') return [];
    const problem: unknown = parsed(text);
    return [
      ...broken('body', ['components', 'schemas', 'Problem'], problem),
      ...(Reflect.get(Object(problem), 'status') === status ? [] : ['body/status is not the status']),
    ];
  };

  const inEvents = (text: string): string[] =>
    inStream(text).flatMap(({ event, data }) => {
      const name = EVENTS[event];
      if (name === undefined) return ['the stream has an event that is not documented'];
      return broken(`event ${event}`, ['components', 'schemas', name], data);
    });

  const documented = ({ pointer, operation }: Operation, exchange: Exchange): string[] => {
    const { method, status, headers, text } = exchange;
    const response = operation.responses[status];
    if (!response) return BEFORE_ROUTES.includes(status) ? asProblem(exchange) : ['the status is not documented'];
    const at = [...pointer, 'responses', String(status)];
    const found = Object.entries(response.headers ?? {}).flatMap(([name, { required = false }]) => {
      const value = headers.get(name);
      if (value === null) return required ? [`the header ${name} is missing`] : [];
      return broken(`header ${name}`, [...at, 'headers', name, 'schema'], asNumber(value));
    });
    const type = typeOf(headers);
    if (!response.content)
      return [...found, ...(type + text === '' ? [] : ['there is a body, and none is documented'])];
    if (!(type in response.content)) return [...found, `the content type ${type || 'none'} is not documented`];
    if (method === 'HEAD') return [...found, ...(text === '' ? [] : ['there is a body'])];
    if (type === PROBLEM) return [...found, ...asProblem(exchange)];
    if (type === STREAM) return [...found, ...inEvents(text)];
    const body = type.endsWith('json') ? parsed(text) : text;
    return [...found, ...broken('body', [...at, 'content', type, 'schema'], body)];
  };

  const hidden = (exchange: Exchange): string[] => {
    const { status, headers, path } = exchange;
    const known = HIDDEN.find(({ address }) => address.test(path));
    const isRefusal = status >= 400;
    if (known && (!isRefusal || (known.refusesWithPages && typeOf(headers) !== PROBLEM))) {
      return known.types.test(typeOf(headers)) ? [] : [`the content type ${typeOf(headers) || 'none'} is not expected`];
    }
    if (!known && !OFF_ROUTES.includes(status)) return ['the route is not documented'];
    if (status === 405 && !headers.has('allow')) return ['the header allow is missing'];
    return asProblem(exchange);
  };

  return (exchange) => {
    const found = find(exchange.method === 'HEAD' ? 'GET' : exchange.method, exchange.path);
    return found ? documented(found, exchange) : hidden(exchange);
  };
}

/** For a JSON pointer (RFC 6901). */
function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Without the value, which may be anything. */
function sentence(what: string, { instancePath, message = 'is wrong', params, keyword }: ErrorObject): string {
  const name = keyword === 'additionalProperties' ? `: ${params['additionalProperty']}` : '';
  return `${what}${instancePath} ${message}${name}`;
}

function typeOf(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';')[0]!.trim();
}

function asNumber(value: string): unknown {
  return /^\d+$/.test(value) ? Number(value) : value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
