/** Reads that show personal data, or what people have written about a customer. */
export const AUDITED_READS = ['read', 'decisions', 'eid-link', 'decode'] as const;
export type AuditedRead = (typeof AUDITED_READS)[number];

/** Who has read, as one JSON line says it; without personal data. Further fields are those of the log that the line stands in. */
export interface AuditLine {
  /** When: ISO 8601 in UTC. */
  time: string;
  audit: AuditedRead;
  /** As the gateway's tokens name it; of a command, the user of its system. */
  caller?: string;
  /** The gateway's route, as a pattern, or the command: `onboard read`. */
  route: string;
  /** Of whom: a keyed hash that `onboard audit REF` prints; absent where it cannot be told, as of a payload that is bound to no run. */
  customer?: string;
}

export interface AuditedCustomer {
  provider: string;
  reference: string;
}
