import { isLoopback } from '../../contract/loopback.ts';

/** Https, without encryption only on this machine; a path in front, but nothing after it. */
export function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text) || text.endsWith('/')) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSafe && [username, password, search, hash].every((part) => part === '');
}

/** No browser but this machine's finds it. */
export function isOfThisMachine(publicUrl: string): boolean {
  return isLoopback(new URL(publicUrl).hostname);
}
