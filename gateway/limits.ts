import { SETTINGS } from '../contract/settings.ts';

/** Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Of one caller, or of one address where nobody is known. */
  requestsPerMinute: number;
  /** The same for the pages and the document at /docs, which are large and open to everybody. */
  docsPerMinute: number;
  /** Of a body; the codec takes more. */
  body: number;
  /** For the headers, and for the whole request: who sends slower is cut off. */
  headersWithin: number;
  requestWithin: number;
  /** For the next request on a connection: longer than load balancers keep one (AWS and nginx: 60 s), or they would send into its end. */
  keepAlive: number;
  /** Of one connection, which is closed in good order after that. */
  requestsPerConnection: number;
  /** Connections at once; fewer where the process may have fewer descriptors. */
  connections: number;
  /** Requests of one connection that are under way. */
  inFlight: number;
  /** Bytes of answers that are not taken, of all connections; beyond, those that hold most are ended. One alone is read no further by Node. */
  heldByAll: number;
  /** For the reader to take some of what it asked for. */
  takeWithin: number;
  /** Between two comments in an event stream: shorter than what load balancers take for dead. */
  heartbeat: number;
  /** Between two looks at a run that is followed. */
  look: number;
  /** Event streams of one caller. */
  streams: number;
  /** Events from outside under way, before those of unknown accounts are refused: each looks for its run for an hour. */
  openDeliveries: number;
  /** After the end of a comparison: what it found may have been changed on purpose since, so it is repaired no later. */
  repairWithin: number;
}

export const LIMITS: Limits = {
  requestsPerMinute: Number(SETTINGS.gateway.GATEWAY_REQUESTS_PER_MINUTE.default),
  docsPerMinute: 120,
  body: 1024 * 1024,
  headersWithin: 10_000,
  requestWithin: 30_000,
  keepAlive: 72_000,
  requestsPerConnection: 1000,
  connections: 4000,
  inFlight: 16,
  heldByAll: 64 * 1024 * 1024,
  takeWithin: 60_000,
  heartbeat: 15_000,
  look: 1000,
  streams: 200,
  openDeliveries: 500,
  repairWithin: 60 * 60_000,
};
