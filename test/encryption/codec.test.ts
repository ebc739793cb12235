import { describe, expect, test } from 'vitest';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import { encryptionCodec } from '../../encryption/codec.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';

const OLD = makeKey();
const NEW = makeKey();
const CONTEXT = { type: 'workflow', namespace: 'default', workflowId: 'onboarding.defentry.c-42' } as const;
const OTHER = { ...CONTEXT, workflowId: 'onboarding.defentry.c-43' };

const codec = codecOf(NEW, OLD);
const VALUE = { ssn: '19121212-1212' };
const clear = defaultPayloadConverter.toPayload(VALUE);

test('what was encrypted decodes in its own run', async () => {
  expect(await valueOf(codec.decode([await sealed()], CONTEXT))).toEqual(VALUE);
});

test('what was encrypted decodes without a context, as in the codec endpoint', async () => {
  expect(await valueOf(codec.decode([await sealed()]))).toEqual(VALUE);
});

test('what was encrypted without a context, as by the codec endpoint, decodes in any run', async () => {
  const [payload] = await codec.encode([clear]);
  expect(await valueOf(codec.decode([payload!], CONTEXT))).toEqual(VALUE);
});

test('the same value never gives the same bytes', async () => {
  const [one, two] = [await sealed(), await sealed()];
  expect(Buffer.from(one.data!).equals(two.data!)).toBe(false);
});

describe('rotation', () => {
  test('a new key in front reads what the old one wrote', async () => {
    const [written] = await codecOf(OLD).encode([clear], CONTEXT);
    expect(await valueOf(codec.decode([written!], CONTEXT))).toEqual(VALUE);
  });

  test('only the new key writes', async () => {
    expect(await valueOf(codecOf(NEW).decode([await sealed()], CONTEXT))).toEqual(VALUE);
  });

  test('a key that was taken away too early is named as missing', async () => {
    await expect(codecOf(OLD).decode([await sealed()], CONTEXT)).rejects.toMatchObject({ code: 'KeyUnknown' });
  });
});

describe('refused', () => {
  const sameIdOtherKey = codecOf(`${NEW.split(':')[0]}:${makeKey().split(':')[1]}`);
  test.each<[string, string, (payload: Payload) => Payload, typeof codec]>([
    ['another key under the same id', 'PayloadNotAuthentic', (p) => p, sameIdOtherKey],
    ['one flipped bit of the data', 'PayloadNotAuthentic', (p) => ({ ...p, data: flipped(p.data!, 20) }), codec],
    ['one flipped bit of the tag', 'PayloadNotAuthentic', (p) => ({ ...p, data: flipped(p.data!, -1) }), codec],
    ['data cut short', 'PayloadNotAuthentic', (p) => ({ ...p, data: p.data!.subarray(0, 20) }), codec],
    ['no data', 'PayloadNotAuthentic', (p) => ({ metadata: p.metadata! }), codec],
    ['the binding taken off', 'PayloadNotAuthentic', (p) => withMetadata(p, 'workflow-id', undefined), codec],
    ['the binding rewritten', 'PayloadNotAuthentic', (p) => withMetadata(p, 'workflow-id', OTHER.workflowId), codec],
    ['the key id rewritten', 'PayloadNotAuthentic', (p) => withMetadata(p, 'key-id', OLD.split(':')[0]), codec],
    ['the key id taken off', 'KeyUnknown', (p) => withMetadata(p, 'key-id', undefined), codec],
  ])('%s: %s', async (_, code, change, reader) => {
    const error = await reader.decode([change(await sealed())]).catch((e: unknown) => e);
    expect(error).toMatchObject({ code, name: code });
    expect(error).not.toHaveProperty('cause');
    expect(String(error)).not.toMatch(/1212|onboarding\./);
  });

  test('a payload copied into another run', async () => {
    await expect(codec.decode([await sealed()], OTHER)).rejects.toMatchObject({ code: 'PayloadOfOtherWorkflow' });
  });

  test('a payload copied into an activity of another run', async () => {
    const context = { ...OTHER, type: 'activity', isLocal: false } as const;
    await expect(codec.decode([await sealed()], context)).rejects.toMatchObject({ code: 'PayloadOfOtherWorkflow' });
  });
});

describe('of an activity', () => {
  const CALL = { ...CONTEXT, type: 'activity', activityId: '5', isLocal: false } as const;
  const of = async (context: SerializationContext) => (await codec.encode([clear], context))[0]!;

  test.each<[string, SerializationContext, SerializationContext]>([
    ['what was sent to the run, as the answer of a call', CONTEXT, CALL],
    ['the answer of a call, as what was sent to the run', CALL, CONTEXT],
    ['the answer of another call', { ...CALL, activityId: '4' }, CALL],
  ])('is refused: %s', async (_, from, to) => {
    await expect(codec.decode([await of(from)], to)).rejects.toMatchObject({ code: 'PayloadOfOtherCall' });
  });

  test('its own opens, and without a context', async () => {
    expect(await valueOf(codec.decode([await of(CALL)], CALL))).toEqual(VALUE);
    expect(await valueOf(codec.decode([await of(CALL)]))).toEqual(VALUE);
  });
});

test.each([
  ['json/plain', clear],
  ['binary/null', { metadata: { encoding: Buffer.from('binary/null') } }],
  ['no metadata', { data: Buffer.from('x') }],
])('a payload that is not sealed is refused: %s', async (_, payload) => {
  await expect(codec.decode([payload], CONTEXT)).rejects.toMatchObject({ code: 'PayloadNotSealed' });
  await expect(codec.decode([payload])).rejects.toMatchObject({ code: 'PayloadNotSealed' });
});

test('what the server itself says of a cancelled call is taken', async () => {
  const said = defaultPayloadConverter.toPayload('ACTIVITY_ID_NOT_STARTED');
  expect(await codec.decode([said], CONTEXT)).toEqual([said]);
});

test('a payload grows by less than 150 bytes plus the workflow id, so a summary of 150 characters stays within 400 bytes', async () => {
  const { Payload } = proto.temporal.api.common.v1;
  const summary = defaultPayloadConverter.toPayload('x'.repeat(150));
  const [encrypted] = await codec.encode([summary], CONTEXT);
  const size = (payload: Payload) => Payload.encode(payload).finish().length;
  expect(size(encrypted!) - size(summary) - CONTEXT.workflowId.length).toBeLessThan(150);
  expect(size(encrypted!)).toBeLessThanOrEqual(400);
});

function codecOf(...keys: string[]) {
  return encryptionCodec(parseKeyRing(keys.join(','), 'test'));
}

async function valueOf(decoded: Promise<Payload[]>): Promise<unknown> {
  const [payload] = await decoded;
  return defaultPayloadConverter.fromPayload(payload!);
}

async function sealed(): Promise<Payload> {
  const [payload] = await codec.encode([clear], CONTEXT);
  return payload!;
}

function flipped(data: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(data);
  const index = at < 0 ? copy.length + at : at;
  copy.writeUInt8(copy.readUInt8(index) ^ 1, index);
  return copy;
}

function withMetadata(payload: Payload, name: string, value: string | undefined): Payload {
  const metadata = { ...payload.metadata };
  delete metadata[name];
  return { ...payload, metadata: { ...metadata, ...(value !== undefined && { [name]: Buffer.from(value) }) } };
}
