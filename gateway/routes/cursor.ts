import proto from '@temporalio/proto';
import { EncryptionError } from '../../encryption/errors.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { open, seal } from '../../encryption/sealed-payload.ts';
import { RequestInvalid } from '../../client/index.ts';
import { textThat } from '../../client/requests/rules.ts';

const { Payload } = proto.temporal.api.common.v1;

/** What a cursor is sealed for, in place of a workflow id. */
const PURPOSE = 'gateway/list';

export const cursorQuery = textThat('must be the "next" of the page before; correct it or leave it out.', (text) =>
  /^[A-Za-z0-9_-]{1,4000}$/.test(text),
).exactOptional();

/**
 * Where the next page of a list begins, as text. Sealed, since Temporal answers a token that it has not made with an error of
 * its own; and good only for the list that it came with.
 */
export function cursorOf(keyRing: KeyRing, filter: object, next: Uint8Array): string {
  const payload = { metadata: { filter: Buffer.from(JSON.stringify(filter)) }, data: next };
  return Buffer.from(Payload.encode(seal(keyRing, payload, { workflowId: PURPOSE })).finish()).toString('base64url');
}

export function readCursor(keyRing: KeyRing, filter: object, cursor: string): Uint8Array {
  const { metadata, data } = opened(keyRing, cursor);
  if (Buffer.from(metadata?.['filter'] ?? []).toString() !== JSON.stringify(filter)) throw refused();
  return data ?? new Uint8Array();
}

function opened(keyRing: KeyRing, cursor: string) {
  try {
    return open(keyRing, Payload.decode(Buffer.from(cursor, 'base64url')), { workflowId: PURPOSE });
  } catch (error) {
    // Protobuf says with plain errors that bytes are no message.
    if (error instanceof EncryptionError || error instanceof Error) throw refused();
    throw error;
  }
}

function refused(): RequestInvalid {
  return new RequestInvalid([
    'cursor: must be the "next" of the page before, with the same filter; leave it out to begin anew.',
  ]);
}
