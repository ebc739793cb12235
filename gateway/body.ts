import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decoded, notUtf8, refuseRepeated, type Decoded } from '../client/requests/json.ts';
import { Problem } from './problems/problem.ts';

/** JSON bodies are read as files and webhooks are. */
export function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ headers }: FastifyRequest, body: Buffer) => parsedBody(body, headers['content-type']),
  );
}

/**
 * The JSON of a body: UTF-8 alone, with or without its byte order mark, each name once. Fails `malformed-body`, or `RequestInvalid` for a
 * name that stands twice. What the parser says is not repeated: it quotes the body.
 */
export function parsedBody(body: Uint8Array, contentType = ''): unknown {
  const found = isDeclaredOtherwise(body, contentType) ? DECLARED : decoded(body);
  if (!('text' in found)) throw new Problem('malformed-body', { detail: `The body ${notUtf8(found)}` });
  let value: unknown;
  try {
    value = JSON.parse(found.text);
  } catch {
    throw new Problem('malformed-body');
  }
  refuseRepeated(found.text);
  return value;
}

const DECLARED: Decoded = { encoding: 'another encoding, as its content type says' };

/** ASCII is the same in all that people declare. */
function isDeclaredOtherwise(body: Uint8Array, contentType: string): boolean {
  const [, charset = 'utf-8'] = /charset\s*=\s*"?([\w-]+)/i.exec(contentType) ?? [];
  return !/^(utf-?8|us-ascii)$/i.test(charset) && body.some((byte) => byte > 0x7f);
}
