import Fastify from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { vi } from 'vitest';
import { OnboardingClient } from '../../client/index.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { health } from '../../gateway/observe/health.ts';
import { validatorCompiler } from '../../gateway/validation.ts';
import { makeKey } from '../../encryption/key-ring.ts';
import { eventually } from '../setup/eventually.ts';

test('however many ask whether the gateway is ready, Temporal is asked once a second', async () => {
  const env = { TEMPORAL_ADDRESS: process.env['TEST_TEMPORAL_ADDRESS']!, ONBOARDING_KEYS: makeKey() };
  const client = OnboardingClient.lazy(readGatewayConfig(env).client);
  const asked = vi.spyOn(client.temporal.workflowService, 'describeNamespace');
  const app = Fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  await app.register(health, { client });
  const ready = async () => (await app.inject('/readyz')).statusCode;

  const began = performance.now();
  const statuses = await Promise.all(Array.from({ length: 100 }, ready));
  const seconds = Math.ceil((performance.now() - began) / 1000);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(asked.mock.calls.length).toBeGreaterThan(0);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(seconds);

  const before = asked.mock.calls.length;
  await eventually('a question of its own, later', async () => {
    expect(await ready()).toBe(200);
    return asked.mock.calls.length > before;
  });
  await app.close();
  await client.close();
});
