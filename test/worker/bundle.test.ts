import { beforeAll, expect, test } from 'vitest';
import { bundleWorkflows } from '../../worker/bundle.ts';
import { createLogger } from '../../worker/logging.ts';

/** Bytes without the source map, for eight workflows (measured 957,270). Each worker evaluates it once, and each cached run pays for what its modules hold. */
const BUDGET = 970_000;

let code: string;
beforeAll(async () => {
  ({ code } = await bundleWorkflows(createLogger('error', 'test')));
});

test.each(['zod', 'undici', 'pino', 'fastify', '@temporalio/client', '@temporalio/worker', '@temporalio/activity'])(
  'the workflow bundle holds nothing of %s',
  (name) => {
    expect(code.includes(`node_modules/${name}/`)).toBe(false);
  },
);

test.each([
  ...['onboarding', 'member', 'event', 'change', 'offboarding', 'reconciliation', 'reading', 'erasure'].map(
    (journey) => `./workflows/${journey}/workflow.ts`,
  ),
  './contract/messages.ts',
  './encryption/failure-converter.ts',
])('the workflow bundle holds %s', (file) => {
  expect(code.includes(file)).toBe(true);
});

test('the workflow bundle stays within its budget', () => {
  const size = code.replace(/^\/\/# sourceMappingURL=.*$/m, '').length;
  expect(size).toBeLessThan(BUDGET);
});
