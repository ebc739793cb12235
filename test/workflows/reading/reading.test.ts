import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { readingId } from '../../../contract/ids.ts';
import type { ReadInput, ReadResult } from '../../../contract/reading.ts';
import { READ_ACCOUNT } from '../../../contract/messages.ts';
import { stored } from '../../encryption/stored.ts';
import { newAccount } from '../scripted-account.ts';
import { permanent, transient } from '../scripted-provider.ts';
import { openSuite, type Suite } from '../suite.ts';

let suite: Suite;
beforeAll(async () => {
  suite = await openSuite();
});
beforeEach(() => {
  suite.provider.account = newAccount();
});
afterAll(() => suite.close());

async function read(input: Partial<ReadInput> = {}) {
  const reference = `c-${randomUUID()}`;
  const { client, taskQueue } = suite.temporal;
  const handle = await client.workflow.start(READ_ACCOUNT, {
    workflowId: readingId('defentry', reference, 'look'),
    taskQueue,
    args: [{ provider: 'defentry', reference, what: 'account', within: 'PT1M', ...input } satisfies ReadInput],
  });
  const result = () => handle.result() as Promise<ReadResult>;
  return { reference, handle, result };
}

test('what the provider shows of our account is the result, and nothing is changed', async () => {
  const { effects, attempts } = suite.provider;
  const [done, tried] = [effects.length, attempts.length];
  const { reference, result } = await read({ what: 'address', by: '19900101-1234' });
  expect(await result()).toEqual({
    outcome: 'read',
    accountId: `acc-${reference}`,
    readAt: '2026-01-15T09:30:00.000Z',
    detail: { id: `acc-${reference}`, what: 'address', email: 'ada@example.com', by: '19900101-1234' },
  });
  expect(effects.slice(done)).toEqual([]);
  expect(attempts.slice(tried)).toEqual(['findAccount', 'readDetail']);
});

test('an account that is not ours is not read', async () => {
  suite.provider.account.exists = false;
  const from = suite.provider.attempts.length;
  expect(await (await read()).result()).toEqual({ outcome: 'nothing-there' });
  expect(suite.provider.attempts.slice(from)).toEqual(['findAccount']);
});

test('what is found without an account is read without one', async () => {
  suite.provider.account.exists = false;
  const from = suite.provider.attempts.length;
  const { result } = await read({ what: 'customer', by: 'A-1 27567' });
  expect(await result()).toEqual({
    outcome: 'read',
    readAt: '2026-01-15T09:30:00.000Z',
    detail: { what: 'customer', email: 'ada@example.com', by: 'A-1 27567' },
  });
  expect(suite.provider.attempts.slice(from)).toEqual(['findAccount', 'readDetail']);
});

test('what the provider cannot be asked for is refused with its sentence', async () => {
  const sentence = 'what: the provider can be asked for account; name one of them.';
  suite.provider.fail('readDetail', permanent('RequestRefused', sentence));
  expect(await (await read({ what: 'palm' })).result()).toEqual({ outcome: 'refused', sentence });
});

test('a provider that is away for a moment is asked again', async () => {
  suite.provider.fail('readDetail', transient('Unavailable', 1), transient('Throttled', 1));
  expect(await (await read()).result()).toMatchObject({ outcome: 'read' });
});

test('a look that cannot succeed fails with the provider’s code, and waits for nobody', async () => {
  suite.provider.fail('readDetail', permanent('Forbidden'));
  const { result } = await read();
  const failed: unknown = await result().catch((error: unknown) => error);
  expect(failed).toMatchObject({ cause: { type: 'Forbidden', message: expect.stringContaining('could not be read') } });
  expect(failed).toMatchObject({ cause: expect.any(ApplicationFailure) });
});

test('the answer stands in no search attribute, and in the history only encrypted', async () => {
  const { handle, result, reference } = await read({ by: '19900101-1234' });
  await result();
  const kept = await stored(suite.temporal.client, handle.workflowId);
  expect(kept).toContain(reference);
  expect(kept).toContain('readDetail');
  expect(kept).not.toMatch(/ada@example\.com|19900101/);
});
