import { VendorError } from './http.ts';
import { faultSchema, type Fault, type FaultInput } from './fault.ts';

export type FaultReport = Fault & {
  id: string;
  /** Calls that came by on the route while the fault could still fire. */
  matched: number;
  fired: number;
};

/** Faults live in memory: a restarted sandbox is a healthy one. */
export interface Faults {
  /** Answers a live view: `fired` counts on. Throws when the fault is malformed or its route does not exist. */
  add(fault: FaultInput): Readonly<FaultReport>;
  list(): Readonly<FaultReport>[];
  remove(id: string): boolean;
  clear(): void;
  /** The first fault that fires for a call on this route. */
  take(route: string): Fault | undefined;
}

/** mulberry32: a small generator whose sequence depends on the seed alone. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function createFaults(routes: readonly string[]): Faults {
  let last = 0;
  const rules = new Map<string, { report: FaultReport; limit: number; draw: () => number }>();
  return {
    add(input) {
      const fault = faultSchema.parse(input);
      if (fault.route !== '*' && !routes.includes(fault.route)) {
        throw new VendorError(
          400,
          `Unknown route '${fault.route}' of a fault: use '*' or one of ${routes.join(', ')}.`,
        );
      }
      const report: FaultReport = { ...fault, id: String((last += 1)), matched: 0, fired: 0 };
      const limit = fault.times ?? (fault.probability === undefined ? 1 : Infinity);
      rules.set(report.id, { report, limit, draw: seeded(fault.seed) });
      return report;
    },
    list: () => [...rules.values()].map(({ report }) => report),
    remove: (id) => rules.delete(id),
    clear: () => rules.clear(),
    take(route) {
      for (const { report, limit, draw } of rules.values()) {
        if ((report.route !== '*' && report.route !== route) || report.fired >= limit) continue;
        report.matched += 1;
        if (draw() >= (report.probability ?? 1)) continue;
        report.fired += 1;
        return report;
      }
      return undefined;
    },
  };
}
