import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { SCOPES, type Scope } from '../../contract/scopes.ts';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import type { Limits } from '../../gateway/limits.ts';
import { createGateway, serverOf } from '../../gateway/server.ts';
import { openClientSuite, type ClientSuite } from '../client/suite.ts';
import { judgeBy, type Judge } from './documented.ts';
import type { Document } from './operations.ts';
import { keys } from '../workflows/suite.ts';

/** One token for each scope, and one with all. */
export const tokens = { all: makeToken(), ...byScope(makeToken) };

export const GATEWAY_TOKENS = [
  settingOf('caller-all', SCOPES, tokens.all),
  ...SCOPES.map((scope) => settingOf(`caller-${scope}`, [scope], tokens[scope])),
].join(',');

export interface Gateway {
  url: string;
  app: FastifyInstance;
  /** Lines of its log. */
  log: string[];
  lines: () => Record<string, unknown>[];
  /** What the document it serves says against an answer of it. */
  judge: Judge;
  /** Fails when the answer is not as the document says. */
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
  close: () => Promise<void>;
}

export interface CallOptions {
  /** Of the caller with all scopes by default; `null` for none. */
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // Tests compare it with what they expect.
  body: any; // eslint-disable-line
}

export interface GatewayOptions {
  /** Of a server of the test's own; by default the one of the test run. */
  at?: string;
  env?: Record<string, string>;
  limits?: Partial<Limits>;
  prepare?: (app: FastifyInstance) => void;
}

/** A gateway on a real port, with the tokens above unless the environment says otherwise. */
export async function startGateway({ env = {}, limits = {}, prepare }: GatewayOptions = {}): Promise<Gateway> {
  const log: string[] = [];
  const settings = readGatewayConfig({ ONBOARDING_KEYS: keys, GATEWAY_TOKENS, ...env });
  const config = { ...settings, limits: { ...settings.limits, ...limits } };
  const server = serverOf(config);
  prepare?.(server);
  const app = await createGateway(config, pino({ level: 'debug' }, { write: (line) => void log.push(line) }), server);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  let judged: Judge | undefined;
  // The document as it is served, without a request that would be counted and logged.
  const judge: Judge = (exchange) =>
    (judged ??= judgeBy(structuredClone(app.swagger()) as unknown as Document))(exchange);
  return {
    url,
    app,
    log,
    lines: () => log.map((line) => JSON.parse(line) as Record<string, unknown>),
    judge,
    call: async (method, path, options) => {
      const answer = await send(url, method, path, options);
      const { pathname } = new URL(path, url);
      const wrong = judge({ method, path: pathname, ...answer });
      if (wrong.length > 0) throw new Error(`${method} ${pathname} ${answer.status}: ${wrong.join('; ')}`);
      return answer;
    },
    close: () => app.close(),
  };
}

async function send(url: string, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const { token = tokens.all, body, headers } = options;
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

export interface GatewaySuite extends ClientSuite {
  gateway: Gateway;
}

/** The gateway in front of the real server, the real workflows and a scripted provider. Runs that it starts have a real clock. */
export async function openGatewaySuite(options: GatewayOptions = {}): Promise<GatewaySuite> {
  const { at } = options;
  const suite = await openClientSuite(undefined, at === undefined ? {} : { address: at, clock: 'real' });
  const { address, taskQueue } = suite.temporal;
  const patient = { ONBOARDING_CALL_DEADLINE: 'PT1M' };
  const env = { TEMPORAL_ADDRESS: address, ONBOARDING_TASK_QUEUE: taskQueue, ...patient, ...options.env };
  const gateway = await startGateway({ limits: { look: 25 }, ...options, env });
  const close = async () => {
    await gateway.close();
    await suite.close();
  };
  return { ...suite, gateway, close };
}

function byScope(make: () => string): Record<Scope, string> {
  return { start: make(), read: make(), operate: make(), decode: make() };
}
