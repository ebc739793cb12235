import { isRecord } from '../http/answer.ts';
import type { Explain } from '../http/answer.ts';
import type { FaciliooConfig } from './config.ts';

/**
 * Reads which fields a problem JSON names, in either spelling of its keys; any other body, a web page or none says no more than the status
 * (contract, sections 9 and 10; the format is an assumption). Field names come out as ours, texts never.
 */
export function explainWith({
  names,
  htmlForbiddenBlocks,
}: Pick<FaciliooConfig, 'names' | 'htmlForbiddenBlocks'>): Explain {
  // Reversed, so that of two fields with one name the account's is kept.
  const ours = new Map(
    Object.entries(names)
      .toReversed()
      .map(([field, name]) => [name.toLowerCase(), field]),
  );
  return (body, { status, headers }) => {
    const isPage = /^text\/html\b/i.test(String(headers['content-type'] ?? ''));
    if (status === 403 && isPage && htmlForbiddenBlocks) return { code: 'Unavailable', vendorCode: 'BLOCKED' };
    const errors = isRecord(body) ? (body.errors ?? body.Errors) : undefined;
    if (!isRecord(errors)) return {};
    // A message about a JSON path (`$.partyId`) names the same field.
    return { fields: Object.keys(errors).flatMap((key) => ours.get(key.replace(/^\$\./, '').toLowerCase()) ?? []) };
  };
}
