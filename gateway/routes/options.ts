import type { KeyRing } from '../../encryption/key-ring.ts';
import type { OnboardingClient } from '../../client/index.ts';
import type { Limits } from '../limits.ts';
import type { Metrics } from '../observe/metrics.ts';

export interface RouteOptions {
  client: OnboardingClient;
  keyRing: KeyRing;
  limits: Limits;
  metrics: Metrics;
  /** Aborts when the gateway begins to close. */
  closing: AbortSignal;
}
