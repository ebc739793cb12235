import { randomBytes } from 'node:crypto';

/**
 * A password that nobody knows: 256 random bits, for one request body and nowhere else. It begins with letters of both cases, a digit and a
 * sign, which meets the common rules.
 */
export function unknownPassword(): string {
  return `aA1!${randomBytes(32).toString('base64url')}`;
}
