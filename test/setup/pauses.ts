import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 20;
const GROWTH = 1.5;
const LONGEST_MS = 250;

/**
 * Pauses between two looks at a fact. They grow, because each look is work for the worker and the server, and dozens of tests wait at
 * the same time: with a fixed short pause the looks alone kept a core busy.
 */
export function growingPauses(): () => Promise<void> {
  let next = FIRST_MS;
  return async () => {
    await delay(next);
    next = Math.min(next * GROWTH, LONGEST_MS);
  };
}
