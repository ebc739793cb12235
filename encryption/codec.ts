import type { Payload, PayloadCodec } from '@temporalio/common';
import { EncryptionError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { isSealed, open, seal } from './sealed-payload.ts';

/**
 * AES-256-GCM over whole payloads. One that is not sealed is refused: whoever has access to the namespace could have written it. What the SDK
 * itself writes in clear, such as the markers of patches and search attributes, does not come by here.
 */
export function encryptionCodec(ring: KeyRing): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => seal(ring, payload, context?.workflowId)),
    decode: async (payloads, context) => payloads.map((payload) => open(ring, sealed(payload), context?.workflowId)),
  };
}

function sealed(payload: Payload): Payload {
  if (isSealed(payload)) return payload;
  throw new EncryptionError(
    'PayloadNotSealed',
    'A payload was refused because it is not sealed: it was not written by this product, or by a client without a key.',
  );
}
