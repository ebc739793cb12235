import { growingPauses } from './pauses.ts';

/** Waits for a fact: looks until the answer is there, and says what was missing when it does not come. */
export async function eventually<Fact>(
  what: string,
  look: () => Fact | undefined | false | Promise<Fact | undefined | false>,
  withinMs = 150_000,
): Promise<Fact> {
  const giveUpAt = Date.now() + withinMs;
  const pause = growingPauses();
  for (;;) {
    const fact = await look();
    if (fact !== undefined && fact !== false) return fact;
    if (Date.now() > giveUpAt) throw new Error(`${what}: not within ${withinMs} ms`);
    await pause();
  }
}
