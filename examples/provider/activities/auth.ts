import { tokenAuth } from '../../../activities/http/auth.ts';
import type { Auth } from '../../../activities/http/auth.ts';
import { at } from '../../../activities/http/path.ts';
import type { Send } from '../../../activities/http/send.ts';
import type { SkeletonConfig } from './config.ts';
import { login } from './schemas.ts';

/** A login changes nothing at the vendor, and several calls may wait for the same one. */
export async function logIn(send: Send, credentials: SkeletonConfig['login']): Promise<string> {
  const { accessToken } = await send(at('POST /login'), login, { body: credentials, mutates: false, shared: true });
  return accessToken;
}

export function loginAuth(send: Send, credentials: SkeletonConfig['login']): Auth {
  return tokenAuth(() => logIn(send, credentials));
}
