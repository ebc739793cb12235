import { createHash, createHmac } from 'node:crypto';
import { pino } from 'pino';
import { readGatewayConfig } from '../../gateway/config.ts';
import type { Limits } from '../../gateway/limits.ts';
import { createGateway } from '../../gateway/server.ts';

export interface Running {
  url: string;
  /** Lines of its log. */
  log: string[];
  close(): Promise<void>;
}

/** Of path and signature; the gateway is told only the hash of the first. */
export const SECRET = 'a-path-secret-that-nobody-guesses-1';
export const OLDER_SECRET = 'a-path-secret-that-nobody-guesses-0';
export const SIGNING_SECRET = 'a-signing-secret-that-nobody-guesses';

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

export const WEBHOOK_ENV = {
  WEBHOOK_TULO_PAYWAY_PATH_SECRETS: `${hashOf(OLDER_SECRET)},${hashOf(SECRET)}`,
  WEBHOOK_GENERIC_SIGNING_SECRETS: SIGNING_SECRET,
};

/** A gateway as it is run, with every line of its log. */
export async function startGateway(env: Record<string, string>, limits: Partial<Limits> = {}): Promise<Running> {
  const log: string[] = [];
  const lines = pino({ level: 'trace' }, { write: (line) => void log.push(line) });
  const config = readGatewayConfig({ ONBOARDING_CALL_DEADLINE: 'PT1M', ...WEBHOOK_ENV, ...env });
  const app = await createGateway({ ...config, limits: { ...config.limits, ...limits } }, lines);
  const url = await app.listen({ port: config.port, host: '127.0.0.1' });
  return { url, log, close: () => app.close() };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}

/** What a sender signs with, seconds from now. */
export function signed(
  body: string,
  { secret = SIGNING_SECRET, offset = 0, sender = 'generic' } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000) + offset);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${sender}.${body}`).digest('hex');
  return { 'x-webhook-timestamp': timestamp, 'x-webhook-signature': signature };
}
