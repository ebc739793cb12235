import { createHash } from 'node:crypto';
import { makeToken, settingOf } from '../../encryption/access-token.ts';
import { readGatewayConfig } from '../../gateway/config.ts';
import { makeKey } from '../../encryption/key-ring.ts';

const HASH = 'ab'.repeat(32);
const SECRET = 'a-signing-secret-that-nobody-guesses';
const read = (env: Record<string, string>) => readGatewayConfig({ ONBOARDING_KEYS: makeKey(), ...env });

test('without secrets there are none, with them there may be several', () => {
  const none = { pathSecrets: [], signingSecrets: [] };
  expect(read({}).webhooks).toEqual({
    access: { 'tulo-payway': none, facilioo: none, generic: none },
    payway: { renamed: {}, oldest: 7 * 86_400_000 },
  });
  const set = read({
    WEBHOOK_FACILIOO_PATH_SECRETS: `${HASH}, ${HASH.toUpperCase()}`,
    WEBHOOK_GENERIC_SIGNING_SECRETS: `${SECRET},${SECRET}2`,
    WEBHOOK_TULO_PAYWAY_EVENTS: 'account_confirmed=emailVerified, account_changed=ignored',
  }).webhooks;
  expect(set.access.facilioo.pathSecrets).toHaveLength(2);
  expect(set.access.generic.signingSecrets).toEqual([SECRET, `${SECRET}2`]);
  expect(set.payway.renamed).toEqual({ account_confirmed: 'emailVerified', account_changed: 'ignored' });
});

test.each([
  ['WEBHOOK_TULO_PAYWAY_PATH_SECRETS', 'a-secret-in-clear-text'],
  ['WEBHOOK_FACILIOO_PATH_SECRETS', HASH.slice(1)],
  ['WEBHOOK_FACILIOO_PATH_SECRETS', createHash('sha256').digest('hex')],
  ['WEBHOOK_FACILIOO_PATH_SECRETS', createHash('sha256').digest('hex').toUpperCase()],
  ['WEBHOOK_GENERIC_SIGNING_SECRETS', 'too-short'],
  ['WEBHOOK_TULO_PAYWAY_EVENTS', 'account_confirmed'],
  ['WEBHOOK_TULO_PAYWAY_EVENTS', 'account_confirmed=memberAccepted'],
  ['WEBHOOK_TULO_PAYWAY_OLDEST', '7 days'],
  ['WEBHOOK_TULO_PAYWAY_OLDEST', 'PT0S'],
  ['GATEWAY_PUBLIC_URL', 'gateway.kanarie.example'],
  ['GATEWAY_PUBLIC_URL', 'http://gateway.kanarie.example'],
  ['GATEWAY_PUBLIC_URL', 'https://gateway.kanarie.example/'],
  ['GATEWAY_PUBLIC_URL', 'https://user:secret@gateway.kanarie.example'],
  ['GATEWAY_PUBLIC_URL', 'https://gateway.kanarie.example/base?x=1'],
])('%s=%s is refused by its name, without the value', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(name);
  expect(() => read({ [name]: value })).not.toThrow(value);
});

test('links are made where a customer can follow them', () => {
  const open = { GATEWAY_HOST: '0.0.0.0', GATEWAY_TOKENS: settingOf('backend', ['start'], makeToken()) };
  expect(read({}).returnLinks).toEqual({ publicUrl: undefined });
  expect(read(open).returnLinks).toBeUndefined();
  const GATEWAY_PUBLIC_URL = 'https://onboarding.bank.example/base';
  expect(read({ ...open, GATEWAY_PUBLIC_URL }).returnLinks).toEqual({ publicUrl: GATEWAY_PUBLIC_URL });
});
