import { VendorError } from '../core/http.ts';
import { isPlain, normalEmail, normalSsn, type State } from './state.ts';
import { refuse, type Detail } from './validation.ts';

type LookedUp = 'email' | 'phone' | 'ssn' | 'externalId';

const NORMAL: Record<LookedUp, (value: string) => string> = {
  email: normalEmail,
  phone: String,
  ssn: normalSsn,
  externalId: String,
};

/** Phones are not unique: families share them. */
const UNIQUE = ['email', 'ssn', 'externalId'] as const;

/** Whether a live account (or, when deletion frees nothing, any account) other than `except` has the value. */
export function isTaken(state: State, field: LookedUp, value: string, except?: string): boolean {
  return state.accounts
    .find(field, NORMAL[field](value))
    .some((account) => account.id !== except && !isPlain(account) && (!account.deleted || !state.options.deleteFrees));
}

/** 422 that names each field, or 409 (9.4). */
export function refuseTaken(
  state: State,
  values: Partial<Record<(typeof UNIQUE)[number], string | undefined>>,
  except?: string,
): void {
  const { duplicates, externalIdField } = state.options;
  const details: Detail[] = [];
  for (const field of UNIQUE) {
    const value = values[field];
    if (value === undefined || !isTaken(state, field, value, except)) continue;
    const wire = field === 'externalId' ? externalIdField : field;
    details.push({ field: wire, issue: `The ${wire.replaceAll('_', ' ')} has already been taken.` });
  }
  if (details.length === 0) return;
  if (duplicates === 409) throw new VendorError(409, 'The account exists already.');
  refuse(details);
}
