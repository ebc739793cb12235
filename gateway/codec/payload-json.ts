import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const error = 'must be payloads in the JSON form of Temporal; send {"payloads": […]}.';

const base64 = z.base64({ error });

const payload = z.looseObject(
  { metadata: z.record(z.string(), base64, { error }).optional(), data: base64.optional() },
  { error },
);

/** Far more than a page of the UI shows. */
const MOST = 10_000;

/** Temporal's JSON form: bytes in base64, an empty list left out. Fields that are not known here stay as they are. */
export const payloadsSchema = z.object(
  {
    payloads: z
      .array(payload, { error })
      .max(MOST, `must be at most ${MOST} at once; send the others by themselves.`)
      .default([]),
  },
  { error },
);

export type PayloadJson = z.output<typeof payload>;

export function payloadOf({ metadata = {}, data = '' }: PayloadJson): Payload {
  const entries = Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') };
}

export function jsonOf({ metadata, data }: Payload): PayloadJson {
  const entries = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data ?? []).toString('base64') };
}
