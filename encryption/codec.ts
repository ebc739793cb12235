import type { PayloadCodec } from '@temporalio/common';
import type { KeyRing } from './key-ring.ts';
import { isSealed, open, seal } from './sealed-payload.ts';

/** AES-256-GCM over whole payloads. Payloads that were not encrypted here pass through on decode. */
export function encryptionCodec(ring: KeyRing): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => seal(ring, payload, context?.workflowId)),
    decode: async (payloads, context) =>
      payloads.map((payload) => (isSealed(payload) ? open(ring, payload, context?.workflowId) : payload)),
  };
}
