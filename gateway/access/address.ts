import { BlockList, isIP } from 'node:net';

/**
 * An address as a proxy writes it, without what is not the caller's: the port that Azure and, when told to, AWS add (`192.0.2.1:5001`,
 * `[2001:db8::1]:5001`), brackets and the zone. `undefined` for what is no address, such as `unknown`.
 * @internal
 */
export function plainAddress(text: string): string | undefined {
  const [, bracketed, , withPort] = /^\s*(?:\[([^\]]+)\](:\d+)?|([\d.]+):\d+)\s*$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text.trim()).split('%', 1)[0]!;
  if (isIP(address) === 0) return undefined;
  return isIP(address) === 4 ? address : (ofIPv4(address) ?? address);
}

/** The networks whose `X-Forwarded-For` is believed, as Fastify asks for them. */
export function trustOf(proxies: string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return (text) => {
    const address = plainAddress(text);
    return address !== undefined && list.check(address, familyOf(address));
  };
}

/**
 * Who calls, where nobody is known by a token: the address, of IPv6 the network of 64 bits, because that is what one customer of a provider
 * has. All that is no address counts as one caller: it would be another one at each request.
 */
export function callerAt(ip: string): string {
  const address = plainAddress(ip);
  if (address === undefined) return 'unknown';
  return isIP(address) === 4 ? address : `${groupsOf(address).slice(0, 4).join(':')}::/64`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

/** The eight groups of an address of IPv6 in one form, however it was written. */
function groupsOf(address: string): string[] {
  const [left = [], right] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((half) => half.split(':').filter(Boolean));
  if (!right) return left;
  return [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
}

/** The address of IPv4 that one of IPv6 stands for (`::ffff:192.0.2.1`, RFC 4291, section 2.5.5.2). */
function ofIPv4(address: string): string | undefined {
  const groups = groupsOf(address).map((group) => parseInt(group, 16));
  const [high = 0, low = 0] = groups.slice(6);
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0);
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : undefined;
}
