import { callerOf, parseTokens } from '../../encryption/access-token.ts';
import { onboardOffline } from '../cli/suite.ts';

test('prints the token and the setting that lets the gateway know it', async () => {
  const { code, stdout } = await onboardOffline(['token', 'new', '--name', 'backend', '--scope', 'start,read']);
  expect(code).toBe(0);
  const [, token, setting] = /caller alone:\n {2}(\S+)\n[^]*GATEWAY_TOKENS_FILE:\n {2}(\S+)\n$/.exec(stdout)!;
  const caller = callerOf(parseTokens(setting!)!, `Bearer ${token}`);
  expect(caller).toMatchObject({ name: 'backend', scopes: new Set(['start', 'read']) });
  expect(setting).not.toContain(token!.slice(4));
});

test('with --json as a document; never the same token twice', async () => {
  const args = ['token', 'new', '--name', 'ui', '--scope', 'decode', '--json'];
  const [one, two] = [await onboardOffline(args), await onboardOffline(args)].map(({ json }) => json[0]!);
  expect(one).toMatchObject({ name: 'ui', scopes: ['decode'] });
  expect(callerOf(parseTokens(String(one!['setting']))!, `Bearer ${String(one!['token'])}`)).toBeDefined();
  expect(two!['token']).not.toBe(one!['token']);
});

test('limited to providers and days where told', async () => {
  const limits = ['--providers', 'defentry', '--until', '2999-12-31'];
  const { json } = await onboardOffline(['token', 'new', '--name', 'x', '--scope', 'read', ...limits, '--json']);
  const caller = callerOf(parseTokens(String(json[0]!['setting']))!, `Bearer ${String(json[0]!['token'])}`);
  expect(caller).toMatchObject({ providers: new Set(['defentry']), until: '2999-12-31' });
});

test.each([
  [['--name', 'x', '--scope', 'read', '--until', '2027-02-30'], 'It must be a day such as 2027-01-31.'],
  [['--name', 'x', '--scope', 'read', '--providers', 'acme'], '--providers: must be a list of defentry,'],
  [['--name', 'x', '--scope', 'decode', '--providers', 'defentry'], 'for a token without the scope decode;'],
  [['--name', 'backend'], "required option '--scope <list>' not specified"],
  [['--scope', 'read'], "required option '--name <name>' not specified"],
  [['--name', 'back end', '--scope', 'read'], 'It must be 1 to 64 letters, digits, "_" or "-".'],
  [['--name', 'backend', '--scope', 'read,write'], 'It must be a list of start, read, operate, decode.'],
])('%j is refused', async (args, sentence) => {
  const ran = await onboardOffline(['token', 'new', ...args]);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(sentence);
});
