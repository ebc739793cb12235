import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * SHA-256 of the request as canonical JSON (RFC 8785), so that the order of fields does not matter. Kept only in the
 * encrypted memo: a hash of little data can be guessed.
 */
export function fingerprint(request: object): string {
  return createHash('sha256')
    .update(canonicalize(request) ?? '')
    .digest('hex');
}
