import type { ErasureInput } from '../../../contract/erasure.ts';
import { onboardingId, readingId } from '../../../contract/ids.ts';
import { READ_ACCOUNT, eraseNow } from '../../../contract/messages.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';
import { erase } from './erasures.ts';

let suite: Suite;
beforeAll(async () => (suite = await openSuite({}, { clock: 'real', ownQueue: true })));
afterAll(() => suite.close());

async function isThere(workflowId: string): Promise<boolean> {
  try {
    await suite.temporal.client.workflow.getHandle(workflowId).describe();
    return true;
  } catch {
    return false;
  }
}

test('the histories wait for the stated time, or until somebody wants them gone', async () => {
  suite.provider.verified = true;
  const { reference, id, result } = await suite.start();
  await result();
  const run = await erase(suite, { reference });
  const waiting = await run.until(({ wait }) => wait !== undefined);
  expect(waiting).toMatchObject({
    erased: [],
    wait: { for: 'erasure' },
    next: expect.stringMatching(/^Keeping the histories of the removed account, at the latest until /),
  });
  expect(await isThere(id)).toBe(true);
  await run.handle.signal(eraseNow, { by: 'dpo' });
  expect(await run.result()).toMatchObject({
    outcome: 'erased',
    erased: [{ what: 'onboarding', count: 1 }],
    remainder: [],
  });
  expect(await isThere(id)).toBe(false);
});

test('a cancel while they wait keeps them, and the record says so', async () => {
  suite.provider.verified = true;
  const { reference, id, result } = await suite.start();
  await result();
  const run = await erase(suite, { reference });
  await run.until(({ wait }) => wait !== undefined);
  await run.handle.cancel();
  expect(await run.result()).toMatchObject({
    outcome: 'aborted',
    erased: [],
    remainder: [{ what: 'histories', code: 'Cancelled' }],
    reason: { code: 'Cancelled' },
  });
  expect(await isThere(id)).toBe(true);
});

test('an open run is not ended: what is closed goes, and the rest once it has ended', async () => {
  suite.provider.verified = false;
  const onboarding = await suite.start();
  await onboarding.until(({ wait }) => wait !== undefined);
  const { client, taskQueue } = suite.temporal;
  const look = readingId('defentry', onboarding.reference, 'look');
  const input = { provider: 'defentry', reference: onboarding.reference, what: 'account', within: 'PT10S' };
  await client.workflow.execute(READ_ACCOUNT, { workflowId: look, taskQueue, args: [input] });
  const run = await erase(suite, { reference: onboarding.reference, eraseAfter: 'PT0S' });
  const seen = await run.until(({ erased, remainder }) => erased.length > 0 && remainder.length > 0);
  expect(seen).toMatchObject({ erased: [{ what: 'reading' }], remainder: [{ what: 'onboarding', code: 'StillOpen' }] });
  expect((await onboarding.handle.describe()).status.name).toBe('RUNNING');
  await onboarding.handle.cancel();
  expect(await run.result()).toMatchObject({
    outcome: 'erased',
    erased: expect.arrayContaining([expect.objectContaining({ what: 'onboarding', count: 1 })]),
    remainder: [],
  });
});

test('a customer who came back after the removal is a new one, whose runs stay', async () => {
  suite.provider.verified = true;
  const first = await suite.start();
  await first.result();
  const before = new Date().toISOString();
  const second = await suite.start({ reference: first.reference });
  await second.result();
  const { client, taskQueue } = suite.temporal;
  const listed = () =>
    client.workflow.count(`WorkflowId = '${first.id}' AND TaskQueue = '${taskQueue}' AND CloseTime IS NOT NULL`);
  await eventually(listed, ({ count }) => count === 2);
  const run = await erase(suite, { reference: first.reference, before, eraseAfter: 'PT0S' });
  expect(await run.result()).toMatchObject({ outcome: 'erased', erased: [{ what: 'onboarding', count: 1 }] });
  expect((await listed()).count).toBe(1);
  expect(await second.handle.describe()).toMatchObject({ status: { name: 'COMPLETED' } });
});

test('another customer whose reference begins alike keeps what is hers', async () => {
  suite.provider.verified = true;
  const other = await suite.start({ reference: 'c-alike-2' });
  const one = await suite.start({ reference: 'c-alike' });
  await Promise.all([other.result(), one.result()]);
  const run = await erase(suite, { reference: 'c-alike', eraseAfter: 'PT0S' });
  expect(await run.result()).toMatchObject({ outcome: 'erased', erased: [{ count: 1 }] });
  expect(await isThere(onboardingId('defentry', 'c-alike'))).toBe(false);
  expect(await isThere(other.id)).toBe(true);
});

const WRONG: [string, Partial<ErasureInput>][] = [
  ['no provider', { provider: 'acme' as never }],
  ['no instant', { before: 'yesterday' }],
  ['no duration', { eraseAfter: 'a while' }],
];

test.each(WRONG)('an erasure that is started by hand with %s ends at once', async (_, input) => {
  const run = await erase(suite, input);
  await expect(run.result()).rejects.toMatchObject({ cause: { type: 'RequestRefused' } });
});
