import { isRecord } from '../http/answer.ts';
import type { Explain } from '../http/answer.ts';
import type { FaciliooConfig } from './config.ts';

type Reading = Pick<FaciliooConfig, 'names' | 'htmlForbiddenBlocks' | 'errorBodies'>;

/**
 * Reads which fields a problem JSON names, in either spelling of its keys (contract, sections 9 and 10; the format is an assumption). What else is
 * JSON with a message is taken as facilioo's, too, unless it says of an object that it is not there or clashes, which gateways say of routes; any other
 * body, a web page or none is not facilioo's, unless it is told to be. Field names come out as ours, texts never.
 */
export function explainWith({ names, htmlForbiddenBlocks, errorBodies }: Reading): Explain {
  // Reversed, so that of two fields with one name the account's is kept.
  const ours = new Map(
    Object.entries(names)
      .toReversed()
      .map(([field, name]) => [name.toLowerCase(), field]),
  );
  return (body, { status, headers }) => {
    const isPage = /^text\/html\b/i.test(String(headers['content-type'] ?? ''));
    if (status === 403 && isPage && htmlForbiddenBlocks) return { code: 'Unavailable', vendorCode: 'BLOCKED' };
    if (errorBodies === 'problem-json' && !isOurs(body, status)) return undefined;
    const errors = isRecord(body) ? (body.errors ?? body.Errors) : undefined;
    if (!isRecord(errors)) return {};
    // A message about a JSON path (`$.partyId`) names the same field.
    return { fields: Object.keys(errors).flatMap((key) => ours.get(key.replace(/^\$\./, '').toLowerCase()) ?? []) };
  };
}

/** Statuses that gateways answer of routes, and that would be believed of the object. */
const OF_ROUTES = [403, 404, 409, 410];

function isOurs(body: unknown, status: number): boolean {
  if (!isRecord(body)) return false;
  const { title = body.Title, status: said = body.Status, errors = body.Errors, message = body.Message } = body;
  if (isRecord(errors) || (typeof title === 'string' && typeof said === 'number')) return true;
  return typeof message === 'string' && !OF_ROUTES.includes(status);
}
