import pMap from 'p-map';
import { Gauge, type Registry } from 'prom-client';
import { RUN_TYPES } from '../../contract/ids.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { AWAITED, ENDS, STAGES } from '../../contract/search-attributes.ts';
import type { OnboardingClient, RunFilter } from '../../client/index.ts';

/** Milliseconds from one round to the next at the earliest, however often Prometheus asks: each is some sixty questions to Temporal. */
const ROUND_EVERY = 30_000;
const AT_ONCE = 8;

interface Counted {
  gauge: Gauge;
  labels: Record<string, string>;
  filter: RunFilter;
}

/**
 * How many runs there are, by Temporal's list, counted anew after `every` milliseconds at the earliest: the same at each gateway, so take
 * the greatest and not the sum. While Temporal does not answer there is no figure, rather than an old one.
 */
export function measureRuns(registry: Registry, client: Pick<OnboardingClient, 'count'>, every = ROUND_EVERY): void {
  const gauge = (name: string, help: string, ...labelNames: string[]): Gauge =>
    new Gauge({ name, help, labelNames, registers: [registry], collect: () => refresh() });
  const open = gauge('onboarding_runs_open', 'Open runs of customers.', 'provider', 'type');
  const waiting = gauge(
    'onboarding_runs_waiting',
    'Open runs, members included, by what they wait for; "operator": a person must decide.',
    'provider',
    'waiting_for',
  );
  const attention = gauge(
    'onboarding_runs_attention',
    'Open runs, members included, for which a person must decide, by step. No series where there are none.',
    'provider',
    'step',
  );
  const stuck = gauge('onboarding_runs_stuck', 'Open runs whose workflow tasks fail: they do not go on.', 'provider');
  const ended = gauge(
    'onboarding_runs_ended',
    'Runs of customers that have ended and that Temporal still keeps, by outcome.',
    'provider',
    'outcome',
  );
  const everyRun = { types: RUN_TYPES, members: true, status: 'running' } as const;
  const always = PROVIDERS.flatMap((provider): Counted[] => [
    ...RUN_TYPES.map((type) => ({
      gauge: open,
      labels: { provider, type },
      filter: { types: [type], provider, status: 'running' },
    })),
    ...AWAITED.map((waitingFor) => ({
      gauge: waiting,
      labels: { provider, waiting_for: waitingFor },
      filter: { ...everyRun, provider, waitingFor },
    })),
    { gauge: stuck, labels: { provider }, filter: { ...everyRun, provider, stuck: true } },
    ...ENDS.map((outcome) => ({
      gauge: ended,
      labels: { provider, outcome },
      filter: { types: ['onboarding', 'offboarding'] as const, provider, outcome },
    })),
  ]);
  const byStep = (provider: string): Counted[] =>
    STAGES.map((step) => ({
      gauge: attention,
      labels: { provider, step },
      filter: { ...everyRun, provider, waitingFor: 'operator', stage: step },
    }));
  const countAll = (all: Counted[]) => pMap(all, ({ filter }) => client.count(filter), { concurrency: AT_ONCE });
  const round = async (): Promise<void> => {
    const counts = await countAll(always);
    always.forEach(({ gauge: one, labels }, index) => one.set(labels, counts[index]!));
    const needed = always.filter(({ labels }, index) => labels['waiting_for'] === 'operator' && counts[index]! > 0);
    const steps = needed.flatMap(({ labels }) => byStep(labels['provider']!));
    const stepCounts = await countAll(steps);
    attention.reset();
    steps.forEach(({ labels }, index) => {
      if (stepCounts[index]! > 0) attention.set(labels, stepCounts[index]!);
    });
  };
  const forget = () => {
    for (const one of [open, waiting, attention, stuck, ended]) one.reset(); // Their absence is the alarm.
  };
  let next = -Infinity;
  let asked: Promise<void> | undefined;
  /** Answers with the figures of the last round: a scrape does not wait for Temporal. */
  const refresh = (): void => {
    if (asked || performance.now() < next) return;
    next = performance.now() + every;
    asked = round()
      .catch(forget)
      .finally(() => (asked = undefined));
  };
}
