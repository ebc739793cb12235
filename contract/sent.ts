/**
 * The one argument of every start, signal and update: the message's own arguments, with what they are and whom they are for. It is sealed as a
 * whole, so what was sealed as one message is taken as no other.
 */
export interface Sent {
  sealedAs: string;
  /** Of a message: the first run of the chain it is for. Of an input: the run that starts this one, its parent or the one before it. */
  run?: string;
  /** Of a start and the update that is sent along with it, whose run has no id yet: a random text. */
  start?: string;
  /** Of a start from outside: when, in milliseconds since 1970. */
  at?: number;
  args: unknown[];
}

export const asInput = (type: string) => `input ${type}`;
export const asSignal = (name: string) => `signal ${name}`;
export const asUpdate = (name: string, id: string) => `update ${name} ${id}`;

export function isSent(value: unknown): value is Sent {
  return (
    typeof value === 'object' && value !== null && 'sealedAs' in value && 'args' in value && Array.isArray(value.args)
  );
}
