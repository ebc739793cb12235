/** A provider's rule: the sentence that names field, rule and remedy where it is broken, without values. */
export type Rule<Given extends unknown[]> = (...given: Given) => string | undefined;

/** The sentence about the first broken rule. `undefined` when all are kept. */
export function firstBroken<Given extends unknown[]>(rules: Rule<Given>[], ...given: Given): string | undefined {
  for (const rule of rules) {
    const sentence = rule(...given);
    if (sentence) return sentence;
  }
  return undefined;
}
