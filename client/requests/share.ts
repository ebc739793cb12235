import { isIdPart } from '../../contract/ids.ts';
import { RequestInvalid } from '../errors.ts';

/** Where more is asked for than workers can do at once: who gets a share of them, and what waits for the rest. */
export interface Share {
  /** Who asks, as `[A-Za-z0-9_-]`, 1 to 64. It is readable in Temporal without a key: no personal data. Each gets as much as the next. */
  of?: string | undefined;
  /** One of many, for whose end nobody waits: what is asked for by itself comes first. */
  bulk?: boolean;
}

/** As Temporal takes it; runs hand it down to all that they start. */
export function priorityOf({ of, bulk = false }: Share) {
  if (of !== undefined && !isIdPart(of)) {
    throw new RequestInvalid(['share.of: must match [A-Za-z0-9_-]{1,64}; name who asks, without personal data.']);
  }
  // 1 is the first of 5, and 3 what has none.
  return { priorityKey: bulk ? 4 : 2, ...(of !== undefined && { fairnessKey: of }) };
}
