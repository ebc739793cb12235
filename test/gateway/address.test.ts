import { callerAt, plainAddress, trustOf } from '../../gateway/access/address.ts';
import { startGateway } from './suite.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:5001', '192.0.2.1'],
  [' 192.0.2.1 ', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['[::ffff:c000:201]:443', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:5001', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unknown', undefined],
  ['_hidden', undefined],
  ['', undefined],
  ['192.0.2.1:port', undefined],
])('%j is the address %j', (text, address) => {
  expect(plainAddress(text)).toBe(address);
});

test.each([
  ['the port is another one', '192.0.2.1:5001', '192.0.2.1:5002', true],
  ['IPv4 is written as IPv6', '192.0.2.1', '::ffff:192.0.2.1', true],
  ['the network of IPv6 is the same', '2001:db8:0:1::1', '2001:db8:0:1:ffff::2', true],
  ['IPv6 is written out', '2001:db8::1', '2001:0DB8:0000:0000::9', true],
  ['both are no addresses', 'unknown', 'x-4711', true],
  ['the address is another one', '192.0.2.1', '192.0.2.2', false],
  ['the network is another one', '2001:db8:0:1::1', '2001:db8:0:2::1', false],
])('where %s', (_, one, other, same) => {
  expect(callerAt(one) === callerAt(other)).toBe(same);
});

test('a proxy is trusted however it is written', () => {
  const trusts = trustOf(['10.0.0.0/8', '2001:db8::/32', '127.0.0.1']);
  for (const address of ['10.1.2.3', '10.1.2.3:80', '::ffff:10.1.2.3', '[2001:db8::7]:443', '127.0.0.1'])
    expect([address, trusts(address)]).toEqual([address, true]);
  for (const address of ['11.1.2.3', '2001:db9::7', 'unknown', ''])
    expect([address, trusts(address)]).toEqual([address, false]);
});

// Azure adds the port, nginx and AWS append to what the caller sent, Cloudflare sends one address, IPv6 among them.
test.each([
  ['Azure', ['192.0.2.1:5001'], ['192.0.2.1:5002'], ['192.0.2.2:5001']],
  ['AWS with the port', ['[2001:db8::1]:5001'], ['[2001:db8::1]:5002'], ['[2001:db8:1::1]:5001']],
  ['nginx', ['forged-1, 192.0.2.1'], ['forged-2, 192.0.2.1'], ['forged-1, 192.0.2.2']],
  ['Cloudflare before nginx', ['192.0.2.1, 10.0.0.9'], ['192.0.2.1, 10.0.0.8'], ['192.0.2.3, 10.0.0.9']],
  [
    'nginx behind Azure',
    ['192.0.2.1:5001, 10.0.0.9:80'],
    ['192.0.2.1:5002, 10.0.0.9:81'],
    ['192.0.2.4:1, 10.0.0.9:80'],
  ],
])('behind %s one caller is one', async (_, ...headers) => {
  const env = { GATEWAY_REQUESTS_PER_MINUTE: '1', TEMPORAL_ADDRESS: '127.0.0.1:9' };
  const gateway = await startGateway({ env: { ...env, GATEWAY_TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' } });
  const statuses: number[] = [];
  for (const [forwarded] of headers) {
    const sent = { 'x-forwarded-for': forwarded! };
    statuses.push((await gateway.call('GET', '/v1/providers', { token: null, headers: sent })).status);
  }
  await gateway.close();
  expect(statuses).toEqual([401, 429, 401]);
});
