import { setTimeout as delay } from 'node:timers/promises';
import { uptime } from 'node:os';
import { z } from 'zod';
import { groupIsAlive } from '../process/guard.ts';
import { takeLock, type Lock } from '../process/lock.ts';
import { FILES } from './config.ts';

/** What a running `npm start` tells a second one. */
const RUNNING = z.object({
  since: z.iso.datetime(),
  /** What a person can open, by name. */
  places: z.record(z.string(), z.string()),
  /** Process groups of its services. */
  groups: z.array(z.int().positive()),
});

export type Running = z.infer<typeof RUNNING>;

const GONE_WITHIN_MS = 30_000;

/**
 * Makes this the only `npm start` of the checkout. Throws with what runs where when there is one already. After one that
 * was killed it waits until the services that it left have ended, as two servers on one database would damage it.
 */
export async function claimCheckout(first: Running, say: (line: string) => void): Promise<Lock> {
  const taken = await takeLock(FILES.lock, first);
  if ('holder' in taken) {
    const running = RUNNING.safeParse(taken.holder.info).data;
    const places = Object.entries(running?.places ?? {}).map(([name, place]) => `\n  ${name}: ${place}`);
    throw new Error(
      `npm start is running here already, as process ${taken.holder.pid}${running ? ` since ${running.since}` : ''}.${places.join('')}\nUse that one, or stop it with Ctrl+C and start again.`,
    );
  }
  const previous = RUNNING.safeParse(taken.previous).data;
  if (previous) await untilGone(previous, say);
  return taken.lock;
}

async function untilGone({ since, groups }: Running, say: (line: string) => void): Promise<void> {
  // Process numbers from before a restart of the machine are other programs' now.
  if (Date.parse(since) < Date.now() - uptime() * 1000) return;
  const giveUpAt = Date.now() + GONE_WITHIN_MS;
  let said = false;
  for (;;) {
    const alive = groups.filter(groupIsAlive);
    if (alive.length === 0) return;
    if (!said) say('The previous npm start was killed; waiting for its services to end.');
    said = true;
    if (Date.now() > giveUpAt) {
      const remedy = alive.map((group) => `kill -9 -${group}`).join('; ');
      throw new Error(`Services of the previous npm start are still there. End them, then start again: ${remedy}`);
    }
    await delay(100);
  }
}
