import { asyncLocalStorage } from '@temporalio/activity';
import type { HttpOptions } from '../http/send.ts';

/**
 * What a call to a provider takes from the activity that makes it: when to stop, and the worker's metrics, in which the provider has
 * the name that requests give it. Outside of an activity, as in `worker --check`, there is neither.
 */
export function ofActivity(provider: string): Pick<HttpOptions, 'cancellation' | 'measure'> {
  return {
    cancellation: () => asyncLocalStorage.getStore()?.cancellationSignal,
    measure: ({ route, result }, seconds) => {
      asyncLocalStorage
        .getStore()
        ?.metricMeter.createHistogram(
          'onboarding_provider_request_duration',
          'float',
          'seconds',
          'Calls to providers by documented route and result: done, or the code of the failure',
        )
        .record(seconds, { provider, route, result });
    },
  };
}
