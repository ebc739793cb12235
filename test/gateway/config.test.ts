import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { makeKey } from '../../encryption/key-ring.ts';

const TOKENS = settingOf('backend', ['start', 'read'], makeToken());
const read = (env: Record<string, string>) => readGatewayConfig({ ONBOARDING_KEYS: makeKey(), ...env });

test('without a token it stays on this machine', () => {
  expect(read({}).host).toBe('127.0.0.1');
  expect(() => read({ GATEWAY_HOST: '0.0.0.0' })).toThrow('GATEWAY_TOKENS');
  expect(read({ GATEWAY_HOST: '0.0.0.0', GATEWAY_TOKENS: TOKENS }).host).toBe('0.0.0.0');
});

test.each([
  ['GATEWAY_PUBLIC_URL', 'https://onboarding.bank.example'],
  ['GATEWAY_TRUSTED_PROXIES', '127.0.0.1'],
])('without a token nothing says that others reach it: %s=%s', (name, value) => {
  for (const none of [{}, { GATEWAY_TOKENS: '' }]) {
    expect(() => read({ ...none, [name]: value })).toThrow(
      expect.objectContaining({ code: 'ConfigInvalid', message: expect.stringContaining(`leave ${name} out`) }),
    );
  }
  expect(read({ GATEWAY_TOKENS: TOKENS, [name]: value }).tokens).toHaveLength(1);
});

test.each(['http://localhost:8234', 'http://127.0.0.1:8234/base', 'http://[::1]:8234'])(
  'without a token its own links may lead to this machine: %s',
  (GATEWAY_PUBLIC_URL) => {
    expect(read({ GATEWAY_PUBLIC_URL }).returnLinks).toEqual({ publicUrl: GATEWAY_PUBLIC_URL });
  },
);

test('the codec answers the Temporal UI of this machine, and with tokens only those that are named', () => {
  expect(read({}).uiOrigins).toEqual(['http://localhost:8233', 'http://127.0.0.1:8233']);
  expect(read({ GATEWAY_TOKENS: TOKENS }).uiOrigins).toEqual([]);
  const CODEC_UI_ORIGINS = 'https://temporal.bank.example';
  expect(read({ GATEWAY_TOKENS: TOKENS, CODEC_UI_ORIGINS }).uiOrigins).toEqual([CODEC_UI_ORIGINS]);
});

test('without a key it does not start', () => {
  expect(() => readGatewayConfig({})).toThrow(expect.objectContaining({ code: 'KeyMissing' }));
});

test.each([
  ['GATEWAY_PORT', '70000'],
  ['CODEC_UI_ORIGINS', 'localhost:8233'],
  ['CODEC_UI_ORIGINS', 'http://localhost:8233/path'],
  ['GATEWAY_TOKENS', 'backend:start:short'],
  ['GATEWAY_TOKENS', TOKENS.replace('start', 'everything')],
  ['GATEWAY_TOKENS', `${TOKENS},${TOKENS.replace('backend', 'other')}`],
  ['GATEWAY_TOKENS', ',,,'],
  ['GATEWAY_REQUESTS_PER_MINUTE', '0.5'],
  ['GATEWAY_TRUSTED_PROXIES', 'balancer.example'],
  ['GATEWAY_TRUSTED_PROXIES', '10.0.0.0/33'],
])('%s=%s is refused by its name, without the value', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
  expect(() => read({ [name]: value })).not.toThrow(value);
});

describe('tokens', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'onboarding-tokens-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('come from a file, one a line', async () => {
    const file = path.join(folder, 'tokens');
    await writeFile(file, `${TOKENS}\n${settingOf('operator', ['operate'], makeToken())}\n`);
    const { tokens } = read({ GATEWAY_TOKENS_FILE: file });
    expect(tokens.map(({ name, scopes }) => [name, ...scopes])).toEqual([
      ['backend', 'start', 'read'],
      ['operator', 'operate'],
    ]);
    expect(() => read({ GATEWAY_TOKENS_FILE: file, GATEWAY_TOKENS: TOKENS })).toThrow('set one');
  });

  test('a file that is not there, or is empty, does not open the gateway to everybody', async () => {
    const file = path.join(folder, 'empty');
    await writeFile(file, '\n');
    expect(() => read({ GATEWAY_TOKENS_FILE: file })).toThrow('The file that GATEWAY_TOKENS_FILE names: must be');
    expect(() => read({ GATEWAY_TOKENS_FILE: path.join(folder, 'none') })).toThrow('cannot be read (ENOENT)');
  });
});
