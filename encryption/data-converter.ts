import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { encryptionCodec } from './codec.ts';
import { eventHash, type EventCodec } from './event-hash.ts';
import type { KeyRing } from './key-ring.ts';
import { refusingCodec } from './refusing-codec.ts';

const source = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** Also for the workflow bundle, which must hold the same converter as the worker. */
export const failureConverterPath = existsSync(source) ? source : source.replace(/\.ts$/, '.js');

/** The one data converter of worker, client and tests, so that no side can forget the encryption. */
export function createDataConverter(ring: KeyRing): DataConverter {
  const codec: EventCodec = { ...encryptionCodec(ring), eventHash: (eventId) => eventHash(ring, [eventId]) };
  return { failureConverterPath, payloadCodecs: [codec] };
}

/** The same for the worker that hosts the workflows, whose runs refuse by themselves what cannot be opened. */
export function forRuns({ payloadCodecs = [], ...converter }: DataConverter): DataConverter {
  return { ...converter, payloadCodecs: payloadCodecs.map(refusingCodec) };
}
