import type { ProviderName } from '../../contract/request.ts';
import { RequestInvalid } from '../../client/index.ts';
import { checkEvent } from '../../client/requests/event.ts';
import type { Reader } from './told.ts';

/**
 * The body of a sender that we may ask for a shape: an `AccountEvent`. `own` is the provider of a route that serves one: the body need
 * not name it there, and must not name another.
 */
export function genericReader(own?: ProviderName): Reader {
  return (body) => {
    if (!isFlat(body)) throw new RequestInvalid(['request: must be an object of texts; correct it.']);
    const { eventId, ...event } = checkEvent(own === undefined ? body : { provider: own, ...body });
    if (own !== undefined && event.provider !== own) {
      throw new RequestInvalid([`provider: must be ${own} on this route; correct it or leave it out.`]);
    }
    return { event, happening: [eventId] };
  };
}

/** What nests a thousand times is not looked into: nothing of it is asked for. */
function isFlat(body: unknown): body is object {
  return (
    typeof body === 'object' &&
    body !== null &&
    !Array.isArray(body) &&
    Object.values(body).every((value) => typeof value !== 'object')
  );
}
