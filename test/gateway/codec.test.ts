import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPayloadConverter } from '@temporalio/common';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { jsonOf, payloadOf, payloadsSchema, type PayloadJson } from '../../gateway/codec/payload-json.ts';
import { customerHash } from '../../encryption/customer-hash.ts';
import { encryptionCodec } from '../../encryption/codec.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { codec, decode, keys, post, RUN, sealed, startGateway, valueOf, type Running } from './codec-client.ts';

const UI = 'http://localhost:8233';
const TOKEN = makeToken();
let open: Running;
let guarded: Running;
beforeAll(async () => {
  open = await startGateway({});
  guarded = await startGateway({
    GATEWAY_TOKENS: settingOf('temporal-ui', ['decode'], TOKEN),
    CODEC_UI_ORIGINS: UI,
  });
});
afterAll(async () => {
  await open.close();
  await guarded.close();
});

describe('decode', () => {
  test('gives clear text of what was encrypted for a run', async () => {
    const { status, values } = await decode(open, [await sealed('CANARY')]);
    expect({ status, values }).toEqual({ status: 200, values: ['CANARY'] });
  });

  test('matches the path without its query, as the UI sends one', async () => {
    const { status } = await decode(open, [await sealed('x')], {}, '?preserveStorageRefs=true');
    expect(status).toBe(200);
  });

  test.each<[string, PayloadJson, object]>([
    ['a text', { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'InBsYWluIg==' }, { value: 'plain' }],
    ['bytes', { metadata: { encoding: 'YmluYXJ5L3BsYWlu' }, data: 'AAE=' }, { base64: 'AAE=' }],
    ['what is no JSON', { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'ew==' }, { base64: 'ew==' }],
    ['nothing', {}, { base64: '' }],
  ])('marks %s that is not sealed, and keeps order and count', async (_, foreign, shown) => {
    const { payloads } = await decode(open, [await sealed('one'), foreign, await sealed('two')]);
    const marked = { notSealed: expect.stringContaining('In clear'), ...shown };
    expect(payloads.map(valueOf)).toEqual(['one', marked, 'two']);
  });

  test('takes no payloads for an empty list, as the temporal command sends it for a workflow without arguments', async () => {
    expect(await (await post(open, '/codec/decode', '{}')).json()).toEqual({ payloads: [] });
  });

  test('refuses a payload it cannot open, with the code and no content', async () => {
    const other = encryptionCodec(parseKeyRing(makeKey(), 'test'));
    const [payload] = await other.encode([defaultPayloadConverter.toPayload('CANARY')], RUN);
    const { status, error } = await decode(open, [jsonOf(payload!)]);
    expect({ status, error }).toEqual({
      status: 422,
      error: { type: '/problems/payload-not-readable', reason: 'KeyUnknown' },
    });
  });
});

test('what encode makes is encrypted, and a worker decodes it', async () => {
  const response = await post(open, '/codec/encode', {
    payloads: [jsonOf(defaultPayloadConverter.toPayload('CANARY'))],
  });
  const { payloads } = payloadsSchema.parse(await response.json());
  expect(Buffer.from(payloads[0]!.data!, 'base64').toString('latin1')).not.toContain('CANARY');
  const [decoded] = await codec.decode([payloadOf(payloads[0]!)], RUN);
  expect(defaultPayloadConverter.fromPayload(decoded!)).toBe('CANARY');
});

test('what it seals is counted by the id of the key', async () => {
  const counted = async () => {
    const text = await (await fetch(`${open.url}/metrics`)).text();
    return Number(/^onboarding_payloads_sealed_total\{key="([^"]+)"\} (\d+)$/m.exec(text)?.[2] ?? 0);
  };
  const before = await counted();
  const payload = jsonOf(defaultPayloadConverter.toPayload('x'));
  await post(open, '/codec/encode', { payloads: [payload, payload] });
  expect(await counted()).toBe(before + 2);
});

describe('origins', () => {
  test.each([UI, 'http://127.0.0.1:8233'])('the UI on %s may call, after asking', async (origin) => {
    const asked = await fetch(`${open.url}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-namespace,content-type,authorization',
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toMatch(/X-Namespace.*Content-Type.*Authorization/);
    const { status, headers } = await decode(open, [await sealed('x')], { origin });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  });

  test.each(['http://localhost:9999', 'https://evil.example', 'null'])('a page of %s may not', async (origin) => {
    const { status, error, headers } = await decode(open, [await sealed('CANARY')], { origin });
    expect([status, error?.type]).toEqual([403, '/problems/origin-not-allowed']);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('with a token', () => {
  test.each([
    ['the token', `Bearer ${TOKEN}`, 200],
    ['no token', undefined, 401],
    ['another token', `Bearer ${TOKEN}x`, 401],
    ['the token without its scheme', TOKEN, 401],
  ])('%s', async (_, authorization, expected) => {
    const { status, values } = await decode(guarded, [await sealed('CANARY')], {
      ...(authorization && { authorization }),
    });
    expect(status).toBe(expected);
    expect(values).toEqual(expected === 200 ? ['CANARY'] : []);
  });

  test('the UI may ask without it, since browsers ask without credentials', async () => {
    const headers = { origin: UI, 'access-control-request-method': 'POST' };
    expect((await fetch(`${guarded.url}/codec/decode`, { method: 'OPTIONS', headers })).status).toBe(204);
  });
});

describe('bodies', () => {
  test.each<[string, string, number, string]>([
    ['no JSON', '{', 400, 'malformed-body'],
    ['payloads that are no list', '{"payloads":{}}', 400, 'invalid-request'],
    ['data that is no base64', '{"payloads":[{"data":"CANARY!"}]}', 400, 'invalid-request'],
    ['more than 4 MB', JSON.stringify({ payloads: [{ data: 'A'.repeat(4 * 1024 * 1024) }] }), 413, 'body-too-large'],
  ])('%s: %#', async (_, text, status, problem) => {
    const response = await post(open, '/codec/decode', text);
    const answer = await response.text();
    expect([response.status, JSON.parse(answer).type]).toEqual([status, `/problems/${problem}`]);
    expect(answer).not.toContain('CANARY');
  });
});

test('more payloads at once than any page shows are refused', async () => {
  const { status, error } = await decode(
    open,
    Array.from({ length: 10_001 }, () => ({})),
  );
  expect([status, error?.type]).toEqual([400, '/problems/invalid-request']);
});

describe('the audit', () => {
  const lines = ({ audit }: Running) =>
    audit
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'codec call' || msg === 'codec call refused');

  test('has a line per call: who, from where, how much, of which runs; no content', async () => {
    guarded.audit.splice(0);
    await decode(guarded, [await sealed('CANARY')], { authorization: `Bearer ${TOKEN}`, 'x-namespace': 'bank' });
    expect(lines(guarded)).toEqual([
      expect.objectContaining({
        msg: 'codec call',
        route: '/codec/decode',
        namespace: 'bank',
        who: 'temporal-ui',
        from: '127.0.0.1',
        count: 1,
        runs: [RUN.workflowId],
      }),
    ]);
  });

  test('has a line per customer whose payloads were shown, by keyed hash, in the shape of every read', async () => {
    guarded.audit.splice(0);
    const other = { ...RUN, workflowId: 'event.defentry.digest' };
    const [event] = await codec.encode([defaultPayloadConverter.toPayload('CANARY')], other);
    const payloads = [await sealed('CANARY'), await sealed('CANARY'), jsonOf(event!)];
    await decode(guarded, payloads, { authorization: `Bearer ${TOKEN}` });
    const read = { audit: 'decode', caller: 'temporal-ui', route: '/codec/decode' };
    const customer = customerHash(parseKeyRing(keys, 'test'), { provider: 'defentry', reference: 'c-1' });
    const shown = guarded.audit.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(shown.filter(({ audit }) => audit !== undefined)).toMatchObject([{ ...read, customer }, read]);
    expect(shown.filter((line) => 'customer' in line)).toHaveLength(1);
  });

  test('has refused calls too', async () => {
    guarded.audit.splice(0);
    await decode(guarded, [await sealed('CANARY')], { authorization: 'Bearer CANARY', 'x-namespace': 'CANARY CANARY' });
    expect(lines(guarded).map(({ refused }) => refused)).toEqual(['unauthorized']);
    expect(guarded.audit.join()).not.toContain('CANARY');
  });
});
