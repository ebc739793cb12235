import { at } from '../../http/path.ts';
import type { Send } from '../../http/send.ts';
import { listAll } from '../paging.ts';
import * as schemas from '../schemas.ts';

/** The person's own alarms under an app token, both versions (Defentry contract, section 1.5). Closing one is not here: it is a `GET` that acts. */
export function ownAlarms(send: Send) {
  return {
    list: () => listAll(send, at('GET /api/v1/alarms'), schemas.alarm),
    listV2: () => listAll(send, at('GET /api/v2/alarms'), schemas.alarm),
  };
}
