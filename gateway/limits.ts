/** Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Of one caller, or of one address where nobody is known. */
  requestsPerMinute: number;
  /** Of a body; the codec takes more. */
  body: number;
  /** For the headers, and for the whole request: who sends slower is cut off. */
  headersWithin: number;
  requestWithin: number;
  /** Between two comments in an event stream: shorter than what load balancers take for dead. */
  heartbeat: number;
  /** Between two looks at a run that is followed. */
  look: number;
  /** Event streams of one caller. */
  streams: number;
  /** After the end of a comparison: what it found may have been changed on purpose since, so it is repaired no later. */
  repairWithin: number;
}

export const LIMITS: Limits = {
  requestsPerMinute: 6000,
  body: 1024 * 1024,
  headersWithin: 10_000,
  requestWithin: 30_000,
  heartbeat: 15_000,
  look: 1000,
  streams: 200,
  repairWithin: 60 * 60_000,
};
