/** `npm run test:all` takes every case of every sweep; `npm test` a telling sample of each kind. */
export const SWEEPING = process.env['ONBOARDING_TEST_ALL'] !== undefined;

/** Every case in a sweep; otherwise `count` of them, evenly spread from the first to the last. */
export function sample<Case>(cases: readonly Case[], count: number): readonly Case[] {
  if (SWEEPING || cases.length <= count) return cases;
  const step = count === 1 ? 0 : (cases.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => cases[Math.round(index * step)]!);
}

/**
 * Every case in a sweep; otherwise each `of`-th, another share at each turn: where the same cases are held against many subjects, each
 * subject meets some of them and each case some subject.
 */
export function share<Case>(cases: readonly Case[], turn: number, of: number): readonly Case[] {
  return SWEEPING ? cases : cases.filter((_, index) => (index + turn) % of === 0);
}
