/** What a download may take, so that a site that hangs or lies costs seconds, and never the disk. */
export interface Limits {
  connectMs: number;
  /** Between two pieces of an answer, and before its first. */
  stallMs: number;
  /** For all of it: a site that sends a byte now and then stalls never. */
  totalMs: number;
  /** Of a file as it is sent. */
  sentBytes: number;
  /** Of a file that was taken out of an archive. */
  unpackedBytes: number;
}

/** Twice what the Temporal CLI needs: 45 MB sent, 156 MB unpacked. */
export const LIMITS: Limits = {
  connectMs: 5000,
  stallMs: 10_000,
  totalMs: 600_000,
  sentBytes: 100_000_000,
  unpackedBytes: 320_000_000,
};

/** A step of a pipeline that lets that many bytes through and throws at the next. `onBytes` takes the count so far. */
export function atMost(most: number, onBytes: (bytes: number) => void = () => undefined) {
  return async function* (chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > most) throw new Error(`more than ${most / 1e6} MB, which is too much`);
      onBytes(bytes);
      yield chunk;
    }
  };
}
