import { randomUUID } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import { onboardingId } from '../../../contract/ids.ts';
import * as messages from '../../../contract/messages.ts';
import { encryptionCodec } from '../../../encryption/codec.ts';
import { parseKeyRing } from '../../../encryption/key-ring.ts';
import { changesOf, memberInvited, newEmail } from '../change/changes.ts';
import { offboard } from '../offboarding/offboardings.ts';
import { newAccount } from '../scripted-account.ts';
import { eventually, keys, openSuite, type Suite } from '../suite.ts';

let suite: Suite;
beforeAll(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterAll(() => suite.close());
beforeEach(() => {
  suite.provider.account = newAccount();
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const json = (text: string): Payload => ({ metadata: { encoding: bytes('json/plain') }, data: bytes(text) });
const sealed = async (text: string, workflowId: string): Promise<Payload> => {
  const [payload] = await encryptionCodec(parseKeyRing(keys, 'test')).encode([json(text)], {
    type: 'workflow',
    namespace: 'default',
    workflowId,
  });
  return payload!;
};

/** What somebody with access to the namespace may send, by hand or by mistake. */
const BROKEN: [string, (id: string) => Payload[] | Promise<Payload[]>][] = [
  ['without input', () => []],
  ['with null', () => [json('null')]],
  ['with a text', () => [json('"clicked"')]],
  ['with a list', () => [json('[]')]],
  ['of another shape', () => [json('{"eventId":7,"member":{},"reference":[],"undo":"no","acceptances":"x","kind":1}')]],
  ['that is no JSON', () => [json('{"eventId":')]],
  ['of an unknown encoding', () => [{ metadata: { encoding: bytes('foreign/thing') }, data: bytes('x') }]],
  ['without an encoding', () => [{ data: bytes('x') }]],
  ['sealed for another run', async () => [await sealed('{"eventId":"e"}', 'onboarding.defentry.another')]],
  [
    'altered under way',
    async (id) => {
      const payload = await sealed('{"eventId":"e"}', id);
      return [{ ...payload, data: payload.data!.map((byte, at) => (at === 20 ? byte ^ 1 : byte)) }];
    },
  ],
];

const SIGNALS = Object.values(messages).flatMap((one) =>
  typeof one === 'object' && one.type === 'signal' ? [one.name] : [],
);

/** Past the client library, as Temporal's own command sends it. */
async function send({ workflowId }: WorkflowHandle, signalName: string, payloads: Payload[]): Promise<void> {
  const { connection } = suite.temporal;
  await connection.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    signalName,
    input: { payloads },
  });
}

async function flood(handle: WorkflowHandle): Promise<void> {
  for (const [, payloads] of BROKEN) {
    const given = await payloads(handle.workflowId);
    await Promise.all(SIGNALS.map((name) => send(handle, name, given)));
  }
}

it('an onboarding goes on after every broken signal, and takes the right one', async () => {
  const run = await suite.start();
  await run.until(({ wait }) => wait !== undefined);
  await flood(run.handle);
  expect((await run.progress()).wait).toBeDefined();
  suite.provider.verified = true;
  await run.handle.signal(messages.emailVerified, { eventId: 'clicked' });
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('a cancel reaches a run that was sent broken signals', async () => {
  suite.provider.verified = false;
  const run = await suite.start();
  await flood(run.handle);
  await run.handle.cancel();
  await expect(run.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
});

it('changes go on after every broken signal', async () => {
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await flood(changes.handle);
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect((await changes.progress()).changes).toMatchObject([{ status: 'aborted' }]);
});

it('an offboarding goes on after every broken signal', async () => {
  const run = await offboard(suite, { keepFor: 'P1D' });
  await run.until(({ wait }) => wait !== undefined);
  await flood(run.handle);
  await run.handle.cancel();
  expect(await run.result()).toMatchObject({ outcome: 'brought-back' });
});

it('a member’s run goes on after every broken signal', async () => {
  const { member } = await memberInvited(suite);
  await flood(member);
  await member.signal(messages.stopMember, { undo: 'keep' });
  expect(await member.result()).toMatchObject({ code: 'stopped' });
});

it.each(['addMember', 'removeMember', 'correct', 'confirmEmail', 'resolve', 'requestChange'])(
  'refuses the update %s without input, and goes on',
  async (name) => {
    const run = await suite.start();
    await run.until(({ wait }) => wait !== undefined);
    await expect(run.handle.executeUpdate(name)).rejects.toMatchObject({
      cause: { type: 'UpdateRefused', message: expect.stringMatching(/^input: is missing/) },
    });
    await run.handle.terminate();
  },
);

it('a run whose own input cannot be opened does not begin', async () => {
  const { connection, taskQueue } = suite.temporal;
  const workflowId = onboardingId('defentry', `c-${randomUUID()}`);
  await connection.workflowService.startWorkflowExecution({
    namespace: 'default',
    requestId: randomUUID(),
    workflowId,
    workflowType: { name: messages.ONBOARD_CUSTOMER },
    taskQueue: { name: taskQueue },
    input: { payloads: [await sealed('{}', 'onboarding.defentry.another')] },
  });
  const execution = { workflowId };
  await eventually(
    () => connection.workflowService.describeWorkflowExecution({ namespace: 'default', execution }),
    ({ pendingWorkflowTask }) => (pendingWorkflowTask?.attempt ?? 0) > 1,
  );
  const handle = suite.temporal.client.workflow.getHandle(workflowId);
  const { events } = await handle.fetchHistory();
  expect(events!.filter((event) => event.activityTaskScheduledEventAttributes)).toEqual([]);
  await handle.terminate();
});
