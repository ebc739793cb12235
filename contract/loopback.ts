const LOOPBACK = ['localhost', '127.0.0.1', '::1', '[::1]'];

/** Whether the host, by itself or as a URL's `hostname`, is this machine and nobody else's. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.includes(hostname);
}
