/** How many payloads one key may seal with random initialisation vectors (NIST SP 800-38D, section 8.3). */
export const MOST_SEALED = 2 ** 32;

const listeners = new Set<(keyId: string) => void>();

/** Hears of each payload that this process seals, by the id of its key. Answers what ends that. */
export function onSealed(heard: (keyId: string) => void): () => void {
  listeners.add(heard);
  return () => void listeners.delete(heard);
}

/** For `seal` alone. */
export function tellSealed(keyId: string): void {
  for (const heard of listeners) heard(keyId);
}
