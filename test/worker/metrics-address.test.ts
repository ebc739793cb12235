import { bindAddressOf } from '../../worker/metrics.ts';
import { readWorkerConfig } from '../../worker/config.ts';
import { makeKey } from '../../encryption/key-ring.ts';

test.each([
  ['127.0.0.1:9464', /^127\.0\.0\.1:9464$/],
  ['0.0.0.0:9464', /^0\.0\.0\.0:9464$/],
  ['[::1]:9464', /^\[::1\]:9464$/],
  ['[::]:9464', /^\[::\]:9464$/],
  ['localhost:9464', /^(?:127\.0\.0\.1|\[::1\]):9464$/],
])('metrics at %s are served at an address', async (address, bound) => {
  const env = { ONBOARDING_KEYS: makeKey(), ONBOARDING_METRICS_ADDRESS: address };
  expect(readWorkerConfig(['workflows'], env).metricsAddress).toBe(address);
  expect(await bindAddressOf(address)).toMatch(bound);
});
