/**
 * What a caller may do. `start`: begin onboardings and carry them through for the person, whose links it may see. `read`: follow
 * them, without addresses and links. `operate`: decide, correct, cancel, change and end accounts, and read who
 * decided what and why. `decode`: read what is encrypted.
 */
export const SCOPES = ['start', 'read', 'operate', 'decode'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Caller {
  /** As the configuration names it; stands in the log. */
  name: string;
  scopes: ReadonlySet<Scope>;
  /** Whose customers it may start, see and decide on; all by default. */
  providers?: ReadonlySet<string>;
  /** The last day on which its token is taken, in UTC; for ever by default. */
  until?: string;
}

/** Who calls when no tokens are configured: whoever works on this machine. */
export const THIS_MACHINE: Caller = { name: 'this-machine', scopes: new Set(SCOPES) };
