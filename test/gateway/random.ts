/** Repeatable chance: mulberry32, small and good enough to choose cases by. */
export function chance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number): number => Math.floor(next() * most);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;
  return { below, pick, maybe: (share: number) => next() < share };
}

export type Chance = ReturnType<typeof chance>;

const ALPHABETS = [
  'abcxyz019_-',
  ' !"#$%&\'()*+,./:;<=>?@[\\]^`{|}~',
  'åäöéßñ漢字🙂\u202e\u0000\u0007\ufeff\ud800',
  '%00%2e%2F%5c../..;',
];

export function text(random: Chance, most = 40): string {
  const alphabet = Array.from(random.pick(ALPHABETS));
  return Array.from({ length: random.below(most) }, () => random.pick(alphabet)).join('');
}

/** Any JSON, now and then with a trap. */
export function json(random: Chance, depth = 0): unknown {
  const leaves: (() => unknown)[] = [
    () => text(random),
    () => random.below(1e9) * (random.maybe(0.5) ? -1 : 1e300),
    () => random.maybe(0.5),
    () => null,
    () =>
      random.pick(['__proto__', 'constructor', 'toString', '{{7*7}}', "' OR 1=1 --", '\r\nx: y', '../../etc/passwd']),
    () => 'x'.repeat(random.below(5000)),
  ];
  if (depth > 4 || random.maybe(0.5)) return random.pick(leaves)();
  if (random.maybe(0.5)) return Array.from({ length: random.below(6) }, () => json(random, depth + 1));
  return Object.fromEntries(Array.from({ length: random.below(6) }, () => [text(random, 12), json(random, depth + 1)]));
}

/** The value with one place of it changed, taken away or doubled. */
export function mutated(random: Chance, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && random.maybe(0.8)) {
    const at = random.below(value.length);
    return value.map((each, index) => (index === at ? mutated(random, each) : each));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && random.maybe(0.8)) {
    const entries = Object.entries(value);
    const at = random.below(entries.length + 1);
    if (at === entries.length) return { ...value, [text(random, 12)]: json(random) };
    if (random.maybe(0.2)) return Object.fromEntries(entries.toSpliced(at, 1));
    return Object.fromEntries(entries.map(([key, each], index) => [key, index === at ? mutated(random, each) : each]));
  }
  return json(random);
}
