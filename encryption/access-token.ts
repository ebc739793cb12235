import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SCOPES, type Caller, type Scope } from '../contract/scopes.ts';

/** A caller and the SHA-256 of its token; the token itself is nowhere but with the caller. */
export interface Token extends Caller {
  hash: Buffer;
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

/** The form that `parseTokens` reads: `name:scope+scope:hash`. */
export function settingOf(name: string, scopes: readonly Scope[], token: string): string {
  return `${name}:${scopes.join('+')}:${hashOf(token).toString('hex')}`;
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
  const [name = '', list = '', hash = '', ...rest] = entry.split(':');
  const scopes = list.split('+').flatMap((scope) => SCOPES.find((each) => each === scope) ?? []);
  const isWhole = scopes.length === list.split('+').length && rest.length === 0;
  if (!NAME.test(name) || !HASH.test(hash) || hash === HASH_OF_NOTHING || !isWhole) return undefined;
  return { name, scopes: new Set(scopes), hash: Buffer.from(hash, 'hex') };
}

/**
 * Whose token an `Authorization` header carries. Each configured hash is compared in constant time and none is left out, so the
 * time of the answer tells neither how much of a token is right nor whose it nearly is.
 */
export function callerOf(tokens: readonly Token[], authorization: string | undefined): Token | undefined {
  const [scheme, token, ...rest] = (authorization ?? '').split(' ');
  const presented = hashOf(token ?? '');
  let found: Token | undefined;
  for (const each of tokens) {
    if (timingSafeEqual(presented, each.hash)) found = each;
  }
  return scheme?.toLowerCase() === 'bearer' && rest.length === 0 ? found : undefined;
}
