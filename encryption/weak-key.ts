/** Of 32 random bytes about 30 differ; fewer than this come once in ten million million keys. */
const DIFFERENT = 20;

/** Why these bytes cannot have been drawn at random; nothing for those that may have been. */
export function weakness(bytes: Buffer): string | undefined {
  if (new Set(bytes).size < DIFFERENT) return 'repeats itself';
  if (bytes.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'is a text';
  return undefined;
}
