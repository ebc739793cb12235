import sqlite from 'node-sqlite3-wasm';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from '../../encryption/key-ring.ts';
import { isSealed, open } from '../../encryption/sealed-payload.ts';
import type { Source } from './search.ts';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

/** What the live rows of the server's database hold once every sealed payload is opened: what somebody with the file and the key could read. */
export function openedRows(database: string, ring: KeyRing): Source[] {
  const db = new sqlite.Database(database);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE');
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name as string);
    return tables.map((table) => {
      const cells = db.all(`SELECT * FROM "${table}"`).flatMap((row) => Object.values(row));
      const blobs = cells.filter((cell) => cell instanceof Uint8Array);
      return { name: `table ${table}`, bytes: Buffer.concat(blobs.flatMap((blob) => openedIn(blob, ring))) };
    });
  } finally {
    db.close();
  }
}

/** The server's rows are Protocol Buffers: payloads lie in messages within messages. */
function openedIn(message: Uint8Array, ring: KeyRing): Uint8Array[] {
  const payload = payloadOf(message);
  if (payload) return [Buffer.from(open(ring, payload, {}).data ?? []), Buffer.from('\n')];
  return partsOf(message).flatMap((part) => openedIn(part, ring));
}

function payloadOf(message: Uint8Array): Payload | undefined {
  try {
    const payload = PayloadMessage.decode(message);
    return isSealed(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}

/** Its fields that have a length; none where the bytes are no message. */
function partsOf(message: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError('ends too early');
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  try {
    while (at < message.length) {
      const kind = varint() % 8;
      if (kind === 0) varint();
      else if (kind === 1) at += 8;
      else if (kind === 5) at += 4;
      else if (kind === 2) {
        const length = varint();
        if (at + length > message.length) return [];
        parts.push(message.subarray(at, at + length));
        at += length;
      } else return [];
    }
    return parts;
  } catch {
    return [];
  }
}
