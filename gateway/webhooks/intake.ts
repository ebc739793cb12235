import { Gauge } from 'prom-client';
import type { AccountEvent } from '../../contract/runs.ts';
import { OnboardingError, type OnboardingClient } from '../../client/index.ts';
import { accountHashes } from '../../encryption/account-hash.ts';
import type { KeyRing } from '../../encryption/key-ring.ts';
import type { Metrics } from '../observe/metrics.ts';
import { Problem } from '../problems/problem.ts';

export type EventClient = Pick<OnboardingClient, 'deliverEvent' | 'knowsAccount' | 'openDeliveries'>;

export interface IntakeOptions {
  client: EventClient;
  keyRing: KeyRing;
  metrics: Metrics;
  /** So many deliveries may be under way before events of unknown accounts are refused. */
  mostOpen: number;
}

/** Milliseconds for which one count serves all. */
const COUNTED_FOR = 1000;

/**
 * Takes events from outside. An account is looked up before a run is started: one that is not known is looked for durably, as Temporal's
 * list lags behind, but at the lowest priority, and no longer when too many are under way (`too-many-deliveries`, to be sent again).
 */
export function intakeOf({ client, keyRing, metrics, mostOpen }: IntakeOptions) {
  let counted: { at: number; open: Promise<number> } | undefined;
  /** Started since the last count and since the one before, which the list may not show yet. */
  let started = { now: 0, before: 0 };
  const gauge = new Gauge({
    name: 'gateway_open_deliveries',
    help: 'Events from outside that are on their way to a run or look for it, as last counted.',
    registers: [metrics.registry],
    // The next scrape has what is counted now: Temporal may be away, and a scrape is not to wait for it.
    collect: () => void open().catch(() => undefined),
  });

  async function open(): Promise<number> {
    if (!counted || performance.now() - counted.at >= COUNTED_FOR) {
      counted = { at: performance.now(), open: client.openDeliveries() };
      started = { now: 0, before: started.now };
      gauge.set(await counted.open);
    }
    return (await counted.open) + started.now + started.before;
  }

  return async (event: AccountEvent): Promise<{ duplicate: boolean }> => {
    const isKnown = await isKnownHere(event);
    if (!isKnown && (await open()) >= mostOpen) throw new Problem('too-many-deliveries');
    started.now += 1;
    return client.deliverEvent(event, { isKnown });
  };

  async function isKnownHere({ provider, accountId, reference }: AccountEvent): Promise<boolean> {
    // By our own reference, which only we give away, the run is told without a search.
    if (accountId === undefined) return reference !== undefined;
    try {
      return await client.knowsAccount(accountHashes(keyRing, { provider, accountId }));
    } catch (error) {
      // What cannot be looked up is not known; whether Temporal takes the event, it says itself.
      if (error instanceof OnboardingError) return false;
      throw error;
    }
  }
}
