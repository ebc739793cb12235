import type { IdentificationLink } from '../../contract/activities.ts';
import type { EidScheme } from '../../contract/request.ts';
import { fill } from '../http/path.ts';
import type { Send } from '../http/send.ts';
import type { DefentryConfig } from './config.ts';
import * as schemas from './schemas.ts';

export type EidStatus = 'PENDING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'EXPIRED';

/** How the person's eID is started and followed, under the person's own app token (`send`). */
export interface EidAdapter {
  start(send: Send, scheme: EidScheme, returnUrl: string): Promise<IdentificationLink>;
  status(send: Send, identificationId: string): Promise<EidStatus>;
}

/**
 * Assumption: none of the vendor's eID routes is public (Defentry contract, sections 4 and 9.1), so routes come from configuration and the
 * bodies are those of the stand-in. A partner with the real contract injects an adapter of its own instead.
 */
export function configuredEid({ startPath, statusPath }: NonNullable<DefentryConfig['eid']>): EidAdapter {
  return {
    start: async (send, scheme, returnUrl) => {
      const body = { provider: scheme, return_url: returnUrl };
      const session = await send(fill(`POST ${startPath}`), schemas.eidSession, { body });
      return { identificationId: session.id, link: session.redirect_url };
    },
    status: (send, id) => send(fill(`GET ${statusPath}`, { id }), schemas.eidStatus),
  };
}
