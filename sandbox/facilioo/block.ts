import type { FastifyInstance } from 'fastify';
import type { FaciliooOptions } from './options.ts';

const PAGE = '<html><head><title>403</title></head><body><h1>Blocked: too many connection errors</h1></body></html>';

/**
 * Blocks a caller after too many 4xx, as a user of the vendor's hub reports (9). Assumptions: a caller is an address, 429 does not
 * count, and the block ends by itself. The sandbox's own routes are never blocked.
 */
export function blockNoisyCallers(app: FastifyInstance, block: FaciliooOptions['block'], now: () => Date): void {
  if (block === null) return;
  const bad = new Map<string, { since: number; count: number }>();
  const blockedUntil = new Map<string, number>();
  const isOwn = (url: string) => url.startsWith('/_sandbox');

  app.addHook('onRequest', (request, reply, done) => {
    if (isOwn(request.url) || (blockedUntil.get(request.ip) ?? 0) <= now().getTime()) return done();
    if (block.answer === 'html') return void reply.code(403).type('text/html').send(PAGE);
    reply.hijack();
    request.raw.socket.resetAndDestroy();
  });
  app.addHook('onResponse', ({ url, ip }, { statusCode }, done) => {
    const at = now().getTime();
    const counts = statusCode >= 400 && statusCode < 500 && statusCode !== 429;
    if (isOwn(url) || !counts || (blockedUntil.get(ip) ?? 0) > at) return done();
    const open = bad.get(ip);
    const window = open && open.since + block.withinSeconds * 1000 > at ? open : { since: at, count: 0 };
    window.count += 1;
    bad.set(ip, window);
    if (window.count >= block.after) {
      blockedUntil.set(ip, at + block.forSeconds * 1000);
      bad.delete(ip);
    }
    done();
  });
}
