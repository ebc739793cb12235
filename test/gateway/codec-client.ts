import { defaultPayloadConverter } from '@temporalio/common';
import { pino } from 'pino';
import { z } from 'zod';
import { readGatewayConfig } from '../../gateway/config.ts';
import { jsonOf, payloadOf, payloadsSchema, type PayloadJson } from '../../gateway/codec/payload-json.ts';
import { createGateway } from '../../gateway/server.ts';
import { encryptionCodec } from '../../encryption/codec.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';

export const RUN = { type: 'workflow', namespace: 'default', workflowId: 'onboarding.defentry.c-1' } as const;

export const keys = makeKey();
export const codec = encryptionCodec(parseKeyRing(keys, 'test'));
const answerSchema = z.union([z.object({ type: z.string(), reason: z.string().optional() }), payloadsSchema]);

export interface Running {
  url: string;
  /** Lines of its log. */
  audit: string[];
  close(): Promise<void>;
}

export async function startGateway(env: Record<string, string>): Promise<Running> {
  const audit: string[] = [];
  const log = pino({}, { write: (line) => void audit.push(line) });
  const app = await createGateway(readGatewayConfig({ ONBOARDING_KEYS: keys, ...env }), log);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }), audit, close: () => app.close() };
}

export async function sealed(value: string): Promise<PayloadJson> {
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload(value)], RUN);
  return jsonOf(payload!);
}

export async function decode(to: Running, payloads: PayloadJson[], headers: Record<string, string> = {}, query = '') {
  const response = await post(to, `/codec/decode${query}`, { payloads }, headers);
  const answer = answerSchema.parse(await response.json());
  const decoded = 'payloads' in answer ? answer.payloads : [];
  const error = 'payloads' in answer ? undefined : answer;
  return { status: response.status, headers: response.headers, payloads: decoded, values: decoded.map(valueOf), error };
}

export async function post(
  { url }: Running,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text });
}

export function valueOf(payload: PayloadJson): unknown {
  return defaultPayloadConverter.fromPayload(payloadOf(payload));
}
