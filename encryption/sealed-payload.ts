import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { EncryptionError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';
import { tellSealed } from './sealed-count.ts';

/** `encoding` of payloads made here. Payloads of any other encoding are not ours. */
const SEALED = 'binary/encrypted';

const CIPHER = 'aes-256-gcm';
/** Random, so the payloads of one key are counted: see `MOST_SEALED`. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

export function isSealed(payload: Payload): boolean {
  return text(payload.metadata?.['encoding']) === SEALED;
}

/** What a payload is bound to. Without a workflow id (codec endpoint, schedule) to none; with an activity id to the call of that run. */
export interface Owner {
  workflowId?: string;
  activityId?: string;
}

/** The owner that a sealed payload names, if any; proven once it opens. */
export function boundTo({ metadata }: Payload): Owner {
  const [workflowId, activityId] = [text(metadata?.['workflow-id']), text(metadata?.['activity-id'])];
  return { ...(workflowId !== undefined && { workflowId }), ...(activityId !== undefined && { activityId }) };
}

/** The owner is bound to the ciphertext. */
export function seal(ring: KeyRing, payload: Payload, owner: Owner): Payload {
  const keyId = ring.writing;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(ring, keyId), iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(keyId, owner));
  tellSealed(keyId);
  const body = Buffer.concat([cipher.update(PayloadMessage.encode(payload).finish()), cipher.final()]);
  return {
    metadata: {
      encoding: Buffer.from(SEALED),
      'key-id': Buffer.from(keyId),
      ...(owner.workflowId !== undefined && { 'workflow-id': Buffer.from(owner.workflowId) }),
      ...(owner.activityId !== undefined && { 'activity-id': Buffer.from(owner.activityId) }),
    },
    data: Buffer.concat([iv, body, cipher.getAuthTag()]),
  };
}

/** Refuses a payload that is bound to another owner than `found`, where the caller knows the one it was found with. */
export function open(ring: KeyRing, payload: Payload, found: Owner): Payload {
  const keyId = text(payload.metadata?.['key-id']);
  const bound = boundTo(payload);
  const isBound = bound.workflowId !== undefined && found.workflowId !== undefined;
  if (isBound && bound.workflowId !== found.workflowId) {
    throw new EncryptionError(
      'PayloadOfOtherWorkflow',
      'A payload was refused because it was encrypted for another workflow id; it was copied, or its run renamed.',
    );
  }
  if (isBound && bound.activityId !== found.activityId) {
    throw new EncryptionError(
      'PayloadOfOtherCall',
      'A payload was refused because it was encrypted for another call of the run, or for none; it was copied.',
    );
  }
  const key = keyOf(ring, keyId);
  const data = payload.data ?? new Uint8Array();
  try {
    const tagStart = data.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(associatedData(keyId, bound));
    decipher.setAuthTag(data.subarray(tagStart));
    const body = Buffer.concat([decipher.update(data.subarray(IV_BYTES, tagStart)), decipher.final()]);
    return PayloadMessage.decode(body);
  } catch {
    // What the cipher says is not repeated: it adds nothing, and a cause would travel into logs.
    throw new EncryptionError(
      'PayloadNotAuthentic',
      'A payload was refused because it does not open with its key: it was altered, or the key under this id is another one.',
    );
  }
}

function keyOf(ring: KeyRing, keyId: string | undefined): KeyObject {
  const key = ring.keys.get(keyId ?? '');
  if (key !== undefined) return key;
  throw new EncryptionError(
    'KeyUnknown',
    'A payload was written with a key that is not in the key ring; add the key that its metadata "key-id" names.',
  );
}

/** As a JSON array, so that no two different owners give the same bytes. */
function associatedData(keyId: string | undefined, { workflowId, activityId }: Owner): Buffer {
  return Buffer.from(JSON.stringify([SEALED, keyId ?? null, workflowId ?? null, activityId ?? null]));
}

function text(bytes: Uint8Array | null | undefined): string | undefined {
  return bytes ? Buffer.from(bytes).toString() : undefined;
}
