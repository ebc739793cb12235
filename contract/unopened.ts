/**
 * What a run finds in place of a payload that could not be opened: altered, copied from another run, or not ours. A message with it is refused,
 * and the run goes on.
 */
export interface Unopened {
  unopened: string;
}

export function isUnopened(value: unknown): value is Unopened {
  return typeof value === 'object' && value !== null && 'unopened' in value;
}
