import { createHash } from 'node:crypto';
import type { Finding } from '../contract/reconciliation.ts';
import type { Accountable } from '../contract/progress.ts';
import type { ProviderName } from '../contract/request.ts';
import type { Caller } from './temporal/caller.ts';
import { checkChange, type ChangeRequest } from './requests/change.ts';
import { OnboardingError } from './errors.ts';
import { requestChange, type ChangeTaken } from './request-change.ts';
import { isOutage } from './temporal/watch.ts';

/** A finding and the change that mends it. */
export interface Repair {
  finding: Finding;
  change: ChangeRequest;
}

export interface RepairTaken extends Repair {
  taken: ChangeTaken;
}

/** What became of a repair. */
export type Repaired = RepairTaken | (Repair & { problem: OnboardingError });

/**
 * The change that mends the finding, if a program may make it: never one that creates or deletes an account, or that lets somebody in again
 * whom somebody may have locked out.
 */
export function repairOf(
  provider: ProviderName,
  finding: Finding,
  { by, reason }: Accountable = {},
): Repair | undefined {
  const { reference, accountId, repair } = finding;
  if (repair === undefined) return undefined;
  const change: ChangeRequest = {
    provider,
    reference,
    ...(accountId !== undefined && { accountId }),
    changeId: changeIdOf(finding),
    change: { kind: repair },
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
  };
  return { finding, change };
}

export async function requestRepair(caller: Caller, repair: Repair): Promise<RepairTaken> {
  return { ...repair, taken: await requestChange(caller, checkChange(repair.change)) };
}

/**
 * One change after the other, so that nothing of it is felt. When nobody answers one, nobody answers the others, which are not asked for then.
 * An aborted `signal` leaves those that have not begun.
 */
export async function* requestRepairs(
  caller: Caller,
  repairs: Iterable<Repair>,
  signal?: AbortSignal,
): AsyncGenerator<Repaired, void> {
  let away: OnboardingError | undefined;
  for (const repair of repairs) {
    if (signal?.aborted) return;
    try {
      if (away) throw away;
      yield await requestRepair(caller, repair);
    } catch (problem) {
      if (!(problem instanceof OnboardingError)) throw problem;
      if (isOutage(problem)) away = problem;
      yield { ...repair, problem };
    }
  }
}

/** The same finding is the same change. One that comes back after a repair is as of a later run, and so another. In letters: it is no number of anybody's. */
function changeIdOf({ kind, code, reference, accountId, asOf }: Finding): string {
  const digest = createHash('sha256').update(JSON.stringify([kind, code, reference, accountId, asOf]));
  return `repair-${digest
    .digest('hex')
    .slice(0, 32)
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)))}`;
}
