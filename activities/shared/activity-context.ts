import { asyncLocalStorage } from '@temporalio/activity';
import type { HttpOptions } from '../http/send.ts';

/**
 * What a call to a provider takes from the activity that makes it: when to stop, and the worker's metrics. Outside of one, as in
 * `worker --check`, there is neither.
 */
export const activityContext: Pick<HttpOptions, 'cancellation' | 'measure'> = {
  cancellation: () => asyncLocalStorage.getStore()?.cancellationSignal,
  measure: ({ provider, route, result }, seconds) => {
    asyncLocalStorage
      .getStore()
      ?.metricMeter.createHistogram(
        'onboarding_provider_request_duration',
        'float',
        's',
        'Calls to providers by documented route and result: done, or the code of the failure',
      )
      .record(seconds, { provider, route, result });
  },
};
