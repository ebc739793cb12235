/** `field: rule; remedy.`, without values. */
type Sentence = `${string}: ${string}.`;

/**
 * What becomes of each field of `T` at a provider: `carried` to it, or judged by a rule of its own; `needless`, where nothing is lost
 * without it and the provider has no place for it; or the sentence that refuses it. A field that is not named here does not compile.
 */
export type Carries<T> = { [Field in keyof T]-?: 'carried' | 'needless' | Sentence };

/** The sentence about the first field that is given and that the provider cannot carry. `false` and an empty list ask for nothing. */
export function notCarried<T extends object>(fields: Carries<T>, given: T): string | undefined {
  const refused = new Map(
    Object.entries<string>(fields).filter(([, fate]) => fate !== 'carried' && fate !== 'needless'),
  );
  const asked = Object.entries(given).find(([field, value]) => refused.has(field) && asksFor(value));
  return asked && refused.get(asked[0]);
}

function asksFor(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== '';
}
