import type { PayloadJson } from './payload-json.ts';
import { jsonOf, payloadOf } from './payload-json.ts';

const NOTE =
  'In clear: not written with a key of this ring, but by Temporal or anybody who may write to the namespace.';

/** A payload that is not sealed, so marked: what it says must not look as if it were ours. */
export function marked(payload: PayloadJson): PayloadJson {
  const { metadata, data } = payloadOf(payload);
  const text = Buffer.from(data ?? []);
  const value = Buffer.from(metadata?.['encoding'] ?? []).toString() === 'json/plain' ? json(text) : undefined;
  const shown = value === undefined ? { base64: text.toString('base64') } : { value };
  return {
    ...payload,
    ...jsonOf({
      metadata: { encoding: Buffer.from('json/plain') },
      data: Buffer.from(JSON.stringify({ notSealed: NOTE, ...shown })),
    }),
  };
}

function json(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
