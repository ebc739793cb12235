import type { Known } from '../contract/account.ts';
import type { AppliedChange } from '../contract/management.ts';
import { rejected } from './failure.ts';
import { isHttpError } from './http/errors.ts';
import type { HttpError } from './http/errors.ts';
import { proof } from './proof.ts';
import type { ReadBack } from './proof.ts';

/** How a provider's account is read, before a change and after it. */
export interface Readable<Account> extends ReadBack {
  get: (accountId: string) => Promise<Account>;
}

/** A change of what the account itself is. */
export interface ProvableChange<Account> {
  act: (accountId: string) => Promise<void>;
  /** Whether the account shows already what is asked for. */
  isDone: (account: Account) => Known;
  /** Acts even where it shows it. */
  always?: true;
  /** A conflict means that it is done, also where the account does not show it. */
  conflictMeansDone?: true;
  /** What a conflict or refused data is told as; by default as it is. */
  refusal?: (error: HttpError) => Error | Promise<Error>;
}

/** Looks, acts, reads back; `proven` is only said of what the account shows. */
export async function applyAndProve<Account>(
  { get, ...readBack }: Readable<Account>,
  accountId: string,
  { act, isDone, always, conflictMeansDone, refusal }: ProvableChange<Account>,
): Promise<AppliedChange> {
  const look = async () => isDone(await get(accountId));
  if (!always && (await look()) === 'yes') return { proven: true };
  try {
    await act(accountId);
  } catch (error) {
    if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
    // It may clash with an earlier attempt of ours.
    const said = await look();
    if (said === 'yes') return { proven: true };
    if (said === 'unknown' && conflictMeansDone && error.code === 'Conflict') return { proven: false };
    throw refusal ? await refusal(error) : error;
  }
  return proof(await look(), readBack);
}

/** Refused data that names the field is told by this sentence: field, rule, remedy. */
export function refusedAs(field: string, sentence: string): (error: HttpError) => Error {
  return (error) =>
    error.code === 'Invalid' && error.fields.includes(field) ? rejected('RequestRefused', sentence) : error;
}
