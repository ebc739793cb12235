import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AccountChange } from '../../contract/change.ts';
import { withoutSsn } from '../../contract/same-change.ts';

/**
 * SHA-256 of the request as canonical JSON (RFC 8785), so that the order of fields does not matter. Kept only where
 * it is encrypted, and told to nobody: a hash of little data can be guessed.
 */
export function fingerprint(request: object): string {
  return createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex');
}

/** Short, because a run keeps it of many changes. Without an SSN, which does not count where a run compares changes either. */
export function changeFingerprint(change: AccountChange): string {
  return fingerprint(withoutSsn(change)).slice(0, 32);
}
