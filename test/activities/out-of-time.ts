import { vi } from 'vitest';
import { eventually } from '../setup/eventually.ts';
import type { Ready } from './ready.ts';

/** No provider is waited for longer. */
const LONGER_THAN_ANY_MS = 600_000;

/**
 * The step while its call on this route has its effect and is never answered: the clock of the caller moves on as soon as that is so. A real and
 * short limit would also end the calls that a busy machine is slow with.
 */
export async function outOfTime({ step, faults }: Pick<Ready, 'step' | 'faults'>, route: string): Promise<unknown> {
  const held = faults.add({ kind: 'delay', when: 'after', ms: LONGER_THAN_ANY_MS, route });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const [ended] = await Promise.all([
      Promise.allSettled([step()]),
      eventually('the call is held', () => held.fired === 1).then(() => vi.advanceTimersByTime(LONGER_THAN_ANY_MS)),
    ]);
    if (ended[0].status === 'rejected') throw ended[0].reason;
    return ended[0].value;
  } finally {
    vi.useRealTimers();
  }
}
