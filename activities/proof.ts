import type { Known } from '../contract/account.ts';
import { HttpError } from './http/errors.ts';
import type { Route } from './http/path.ts';

/** Whether a value that the provider shows is the wanted one, in either case of letters; a value it does not show is no answer. */
export function shows(shown: string | null | undefined, wanted: string | null): Known {
  if (shown === undefined) return 'unknown';
  return (shown ?? '').toLowerCase() === (wanted ?? '').toLowerCase() ? 'yes' : 'no';
}

/** The same where the case of letters counts: a name may be corrected in nothing else. */
export function showsExactly(shown: string | null | undefined, wanted: string): Known {
  if (shown === undefined) return 'unknown';
  return shown === wanted ? 'yes' : 'no';
}

/** All of them: one "no" decides, else one "unknown" does. */
export function all(said: Known[]): Known {
  if (said.includes('no')) return 'no';
  return said.includes('unknown') ? 'unknown' : 'yes';
}

export function not(said: Known): Known {
  if (said === 'unknown') return said;
  return said === 'yes' ? 'no' : 'yes';
}

/** What was read back, and where. */
export interface ReadBack {
  provider: string;
  route: Route;
}

/** A success status proves nothing; where the provider can be read it must say so, else the call is repeated. */
export function proof(said: Known, readBack: ReadBack): { proven: boolean } {
  if (said !== 'no') return { proven: said === 'yes' };
  throw new HttpError('Unavailable', { ...readBack, vendorCode: 'READ_BACK_DIFFERS' });
}
