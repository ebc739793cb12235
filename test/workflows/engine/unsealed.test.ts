import { randomUUID } from 'node:crypto';
import { Client, WorkflowFailedError } from '@temporalio/client';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { onboardingId } from '../../../contract/ids.ts';
import { withBoundMessages } from '../../../client/temporal/bound-messages.ts';
import { correct, ONBOARD_CUSTOMER, resolve } from '../../../contract/messages.ts';
import { encryptionCodec } from '../../../encryption/codec.ts';
import { createDataConverter } from '../../../encryption/data-converter.ts';
import { isSealed } from '../../../encryption/sealed-payload.ts';
import { permanent } from '../scripted-provider.ts';
import { keyRing, openSuite, type Suite } from '../suite.ts';

const REFUSED = { cause: { message: expect.stringMatching(/^input: could not be opened/) } };
const decision = { step: 'createAccount', action: 'retry', by: 'ceo', reason: 'forged' } as const;

/** Opens what is sealed, and takes the rest as it is. */
function lenient(): PayloadCodec {
  const codec = encryptionCodec(keyRing);
  const one = async (payload: Payload, context?: SerializationContext) =>
    isSealed(payload) ? (await codec.decode([payload], context))[0]! : payload;
  return { ...codec, decode: (payloads, context) => Promise.all(payloads.map((each) => one(each, context))) };
}

/** With access to the namespace, and what it sends not sealed; it reads the answers, so that the test can. */
function intruderOf({ temporal: { connection } }: Suite) {
  const codec: PayloadCodec = { ...lenient(), encode: async (payloads) => payloads };
  const dataConverter = { ...createDataConverter(keyRing), payloadCodecs: [codec] };
  return withBoundMessages(new Client({ connection, dataConverter }));
}

async function hangingRun(suite: Suite) {
  suite.provider.fail('createAccount', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  return { run, forged: intruderOf(suite).workflow.getHandle(run.handle.workflowId) };
}

describe('from a client without a key', () => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await openSuite({}, { clock: 'real' });
  });
  afterAll(() => suite.close());

  test('a correction and a decision are refused, and nothing happens', async () => {
    const { run, forged } = await hangingRun(suite);
    const corrected = { path: 'person.email', value: 'thief@example.com' };
    await expect(forged.executeUpdate(correct, { args: [corrected] })).rejects.toMatchObject(REFUSED);
    await expect(forged.executeUpdate(resolve, { args: [decision] })).rejects.toMatchObject(REFUSED);
    expect((await run.progress()).attention).toBeDefined();
    expect(suite.provider.effects).toEqual([]);
    await run.handle.cancel();
  });

  test('an onboarding fails before it does anything', async () => {
    const reference = `c-${randomUUID()}`;
    const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
    const started = intruderOf(suite).workflow.execute(ONBOARD_CUSTOMER, {
      workflowId: onboardingId('defentry', reference),
      taskQueue: suite.temporal.taskQueue,
      args: [{ provider: 'defentry', reference, kind: 'single', person }],
    });
    const error = await started.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowFailedError);
    expect(error).toMatchObject({ cause: { type: 'PayloadNotSealed' } });
    expect(suite.provider.effects).not.toContain('createAccount');
  });
});

test('a worker that took what is not sealed would do what the forged decision says', async () => {
  const dataConverter = { ...createDataConverter(keyRing), payloadCodecs: [lenient()] };
  const suite = await openSuite({}, { clock: 'real', dataConverter });
  const { run, forged } = await hangingRun(suite);
  await forged.executeUpdate(resolve, { args: [decision] });
  await run.until(({ wait }) => wait?.for === 'emailVerified');
  expect(suite.provider.effects).toEqual(['createAccount']);
  await suite.close();
});
