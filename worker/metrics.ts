import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { metricMeter } from '@temporalio/activity';
import { ApplicationFailure, type MetricMeter } from '@temporalio/common';
import type { ActivityInterceptorsFactory, MetricsExporterConfig } from '@temporalio/worker';
import { onSealed } from '../encryption/sealed-count.ts';

/** Of `host:port` with the address in place of a name: the SDK listens at addresses alone. Rejects where the name has none. */
export async function bindAddressOf(hostAndPort: string): Promise<string> {
  const { host = '', port = '' } = /^\[?(?<host>.*?)\]?:(?<port>\d+)$/.exec(hostAndPort)?.groups ?? {};
  const { address } = await lookup(host);
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The SDK's metrics and ours, for Prometheus. Served as soon as the runtime is there, at `/metrics`. */
export function prometheus(bindAddress: string): MetricsExporterConfig {
  return { prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } };
}

/** Counts every attempt of an activity by its outcome: `done`, or the failure's code. The SDK counts failures without their reason. */
export const countOutcomes: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      const count = (outcome: string) => outcomes().add(1, { outcome });
      try {
        const result = await next(input);
        count('done');
        return result;
      } catch (error) {
        count(error instanceof ApplicationFailure ? (error.type ?? 'untyped') : 'unexpected');
        throw error;
      }
    },
  },
});

/** Counts what this process seals: one key may seal 2^32 payloads in all. */
export function countSealed(meter: MetricMeter): void {
  const sealed = meter.createCounter('onboarding_payloads_sealed', 'payload', 'Payloads sealed, by the id of the key');
  onSealed((key) => sealed.add(1, { key }));
}

function outcomes() {
  return metricMeter.createCounter('onboarding_activity_attempts', 'attempt', 'Attempts of activities by outcome');
}
