/** `T` with each field named, and `undefined` for one that is absent: the compiler finds a field that nobody has thought of. */
export type EachOf<T> = { [Field in keyof T]-?: object extends Pick<T, Field> ? T[Field] | undefined : T[Field] };

/** The same without the fields that are absent. */
export function present<T extends object>(each: EachOf<T>): T;
export function present(each: object): object {
  return Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined));
}
