import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { EncryptionError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { isSealed, open, seal, type Owner } from './sealed-payload.ts';

/** What Temporal's server writes in clear, as the details of a call that was cancelled before a worker had taken it. */
const OF_SERVER = ['"ACTIVITY_ID_NOT_STARTED"', '"ACTIVITY_ID_UNKNOWN"'];

/**
 * AES-256-GCM over whole payloads. One that is not sealed is refused: whoever has access to the namespace could have written it. Markers of
 * patches and search attributes, which the SDK writes in clear, do not come by here.
 */
export function encryptionCodec(ring: KeyRing): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => seal(ring, payload, ownerOf(context))),
    decode: async (payloads, context) =>
      payloads.map((payload) => (isOfServer(payload) ? payload : open(ring, sealed(payload), ownerOf(context)))),
  };
}

/** Whose a payload is, as far as the SDK tells: of a call it tells which, of anything else the workflow id alone. */
function ownerOf(context: SerializationContext | undefined): Owner {
  if (context === undefined) return {};
  const { workflowId } = context;
  return {
    ...(workflowId !== undefined && { workflowId }),
    ...(context.type === 'activity' && { activityId: context.activityId ?? '' }),
  };
}

function sealed(payload: Payload): Payload {
  if (isSealed(payload)) return payload;
  throw new EncryptionError(
    'PayloadNotSealed',
    'A payload was refused because it is not sealed: it was not written by this product, or by a client without a key.',
  );
}

function isOfServer({ data }: Payload): boolean {
  return OF_SERVER.includes(Buffer.from(data ?? []).toString());
}
