import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../../contract/loopback.ts';

/** What a proxy tells of whom it asks for: then the request came from elsewhere, though the proxy is here. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/**
 * Without tokens whoever reaches the loopback address is let in, and a browser on this machine reaches it for any web page.
 * So the request must be meant for this machine by name (a page whose own name was rebound to this address is not), and come
 * from no page but the gateway's own and the Temporal UI, and through no proxy.
 */
export function fromThisMachine(headers: IncomingHttpHeaders, uiOrigins: string[]): boolean {
  const { host = '', origin } = headers;
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname)) return false;
  return origin === undefined || origin === `http://${host}` || uiOrigins.includes(origin);
}
