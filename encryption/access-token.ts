import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { PROVIDERS } from '../contract/request.ts';
import { SCOPES, type Caller, type Scope } from '../contract/scopes.ts';

/** A caller and the SHA-256 of its token; the token itself is nowhere but with the caller. */
export interface Token extends Caller {
  hash: Buffer;
}

/** What narrows a token. */
export interface TokenLimits {
  providers?: readonly string[];
  until?: string;
}

/** Tokens are random, so a fast hash is as good as a slow one. The prefix lets secret scanners find one that got lost. */
const PREFIX = 'onb_';
const TOKEN_BYTES = 32;

const NAME = /^[A-Za-z0-9_-]{1,64}$/;
const HASH = /^[0-9a-f]{64}$/;

export function isTokenName(text: string): boolean {
  return NAME.test(text);
}

export function makeToken(): string {
  return `${PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** @internal */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What comes out where a variable was empty that should have been hashed. */
export const HASH_OF_NOTHING = hashOf('').toString('hex');

/** The form that `parseTokens` reads: `name:scope+scope:hash`, with `:providers=one+other` and `:until=2027-01-31` behind it where told. */
export function settingOf(
  name: string,
  scopes: readonly Scope[],
  token: string,
  { providers, until }: TokenLimits = {},
): string {
  const limits = [...(providers ? [`providers=${providers.join('+')}`] : []), ...(until ? [`until=${until}`] : [])];
  return [name, scopes.join('+'), hashOf(token).toString('hex'), ...limits].join(':');
}

/** A day of the calendar, such as `2027-01-31`. */
export function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}

/** The codec is told no provider that could be trusted, so a token that decodes cannot be limited to some. */
export function isProviderLimit(providers: readonly string[], scopes: readonly Scope[]): boolean {
  return providers.every((one) => PROVIDERS.some((each) => each === one)) && !scopes.includes('decode');
}

/**
 * Entries separated by commas or line breaks. One name may stand before several tokens, which is how a token is replaced without
 * a gap. `undefined` when an entry breaks the form, or two have the same token.
 */
export function parseTokens(text: string): Token[] | undefined {
  const entries = text
    .split(/[,\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const tokens = entries.flatMap((entry) => parseToken(entry) ?? []);
  const distinct = new Set(tokens.map(({ hash }) => hash.toString('hex')));
  return tokens.length === entries.length && tokens.length > 0 && distinct.size === tokens.length ? tokens : undefined;
}

function parseToken(entry: string): Token | undefined {
  const [name = '', list = '', hash = '', ...limits] = entry.split(':');
  const scopes = list.split('+').flatMap((scope) => SCOPES.find((each) => each === scope) ?? []);
  const isWhole = scopes.length === list.split('+').length;
  const narrowed = readLimits(limits, scopes);
  if (!NAME.test(name) || !HASH.test(hash) || hash === HASH_OF_NOTHING || !isWhole || !narrowed) return undefined;
  return { name, scopes: new Set(scopes), hash: Buffer.from(hash, 'hex'), ...narrowed };
}

/** One that is misspelled must not leave the token without it: then there is none. */
function readLimits(limits: string[], scopes: Scope[]): Pick<Token, 'providers' | 'until'> | undefined {
  const read = new Map(limits.map((limit) => [limit.split('=', 1)[0]!, limit.split('=')[1]]));
  const [providers, until] = [read.get('providers')?.split('+'), read.get('until')];
  const known = [...read].every(([name, value]) => ['providers', 'until'].includes(name) && value !== undefined);
  if (!known || read.size !== limits.length) return undefined;
  if (providers && !isProviderLimit(providers, scopes)) return undefined;
  if (until !== undefined && !isDay(until)) return undefined;
  return { ...(providers && { providers: new Set(providers) }), ...(until !== undefined && { until }) };
}

/**
 * Whose token an `Authorization` header carries. Each configured hash is compared in constant time and none is left out, so the
 * time of the answer tells neither how much of a token is right nor whose it nearly is. One whose last day is over is nobody's.
 */
export function callerOf(
  tokens: readonly Token[],
  authorization: string | undefined,
  now: Date = new Date(),
): Token | undefined {
  const [scheme, token, ...rest] = (authorization ?? '').split(' ');
  const presented = hashOf(token ?? '');
  let found: Token | undefined;
  for (const each of tokens) {
    if (timingSafeEqual(presented, each.hash)) found = each;
  }
  const isBearer = scheme?.toLowerCase() === 'bearer' && rest.length === 0;
  return isBearer && found && !isOver(found, now) ? found : undefined;
}

/** Whether the last day of the caller's token is over. */
export function isOver({ until }: Caller, now: Date = new Date()): boolean {
  return until !== undefined && now.toISOString().slice(0, 10) > until;
}
