import type { Payload, PayloadCodec } from '@temporalio/common';
import type { Unopened } from '../contract/unopened.ts';
import { EncryptionError } from './errors.ts';

/** What the payload converter of a run can read. */
const READABLE: Record<string, (data: Buffer) => boolean> = {
  'json/plain': isJson,
  'binary/plain': () => true,
  'binary/null': () => true,
};

/**
 * For the worker's workflows: what comes to a run and cannot be opened, or read once it is, becomes a value that says so (`Unopened`), and the run
 * refuses the message. An error would fail the run's task, and so stop the run for ever for one message that anybody may send.
 *
 * A key that the ring lacks stays an error: the task is tried again until it has been added, and nothing is lost. So is what an activity
 * answers, which comes from our own workers.
 */
export function refusingCodec(codec: PayloadCodec): PayloadCodec {
  return {
    encode: (payloads, context) => codec.encode(payloads, context),
    decode: async (payloads, context) => {
      if (context?.type !== 'workflow') return codec.decode(payloads, context);
      return Promise.all(payloads.map((payload) => openedOrNot(async () => codec.decode([payload], context))));
    },
  };
}

async function openedOrNot(open: () => Promise<Payload[]>): Promise<Payload> {
  try {
    const [payload] = await open();
    return isReadable(payload!) ? payload! : unopened('PayloadNotReadable');
  } catch (error) {
    if (!(error instanceof EncryptionError) || error.code === 'KeyUnknown') throw error;
    return unopened(error.code);
  }
}

function isReadable({ metadata, data }: Payload): boolean {
  const encoding = Buffer.from(metadata?.['encoding'] ?? []).toString();
  return READABLE[encoding]?.(Buffer.from(data ?? [])) === true;
}

function isJson(data: Buffer): boolean {
  try {
    JSON.parse(data.toString());
    return true;
  } catch {
    return false;
  }
}

function unopened(code: string): Payload {
  const value: Unopened = { unopened: code };
  return { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) };
}
