import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeProgress, ChangesProgress, ChangesResult, ChangeStatus } from '../contract/change.ts';
import type { RunAddress } from '../contract/ids.ts';
import type { Accountable } from '../contract/progress.ts';
import * as messages from '../contract/messages.ts';
import type { Caller, Target } from './temporal/caller.ts';
import { checkChange } from './requests/change.ts';
import { changesResult, endedChange, shown, shownChange } from './changes-result.ts';
import { checkAccountable } from './requests/decision.ts';
import { DeadlineExceeded, OnboardingNotFound, UpdateRefused } from './errors.ts';
import { requestChange, type ChangeTaken } from './request-change.ts';
import type { OnboardingRun } from './temporal/runs.ts';
import { watch, type WatchOptions } from './temporal/watch.ts';

const ENDED: readonly ChangeStatus[] = ['done', 'refused', 'expired', 'aborted', 'failed'];

/** Milliseconds after which a change that no run and no list knows is none: the list lags behind by about a second. */
const LAG = 3000;

const MADE_BY_ONBOARDING =
  'changeId: no run of changes has this change; a member is the open onboarding’s own, so look for it under `members` of its progress.';

export function hasEnded({ status }: ChangeProgress): boolean {
  return ENDED.includes(status);
}

/** Changes of accounts that are there. All changes of one account are one run, which does one after the other. */
export class Changes {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Checks the change and has it done, by the onboarding while that is open, else by the run of the account's changes. The same `changeId`
   * again is the same change, for as long as Temporal keeps its run, and another change under it is refused. So is every change while the
   * customer is being offboarded.
   */
  async request(input: unknown): Promise<ChangeTaken> {
    return requestChange(this.#caller, checkChange(input));
  }

  /** What Temporal knows of the run of the account's changes; needs no worker. */
  async get(provider: string, reference: string): Promise<OnboardingRun> {
    return this.#caller.get(addressOf(provider, reference));
  }

  async progress(provider: string, reference: string): Promise<ChangesProgress> {
    return shown(await this.#caller.query(this.#of(provider, reference), messages.changeProgress));
  }

  /**
   * How one change stands: in the newest run of the account's changes, or in one before it. One that was just handed over or has just ended
   * is looked for once more. Of a member that the open onboarding has taken there is none: `UpdateRefused` then names where it is told.
   */
  async find(provider: string, reference: string, changeId: string): Promise<ChangeProgress> {
    const target = this.#of(provider, reference);
    const giveUpAt = Date.now() + LAG;
    do {
      const isThere = (await this.#caller.newest(target)) !== undefined;
      const { changes } = isThere ? await this.progress(provider, reference) : { changes: [] };
      const found =
        changes.find((one) => one.changeId === changeId) ?? (await endedChange(this.#caller, target, changeId));
      if (found) return shownChange(found);
      await pause(250);
    } while (Date.now() < giveUpAt);
    if ((await this.#caller.find({ type: 'onboarding', provider, reference }))?.status === 'running') {
      throw new UpdateRefused(MADE_BY_ONBOARDING, 'MadeByOnboarding');
    }
    throw new OnboardingNotFound(`The change in ${target.address}`);
  }

  /** Each change of the progress, then all ends as the generator's return value. Outlives outages of Temporal and of the workers. */
  watch(
    provider: string,
    reference: string,
    options: WatchOptions = {},
  ): AsyncGenerator<ChangesProgress, ChangesResult | undefined> {
    const look = async () => this.#caller.look(this.#of(provider, reference));
    const progress = () => this.progress(provider, reference);
    const result = async () => shown(await changesResult(this.#caller, this.#of(provider, reference)));
    return watch({ look, progress, result }, options);
  }

  /** Waits for the end of one change; `within` in milliseconds, as long as it takes by default. */
  async result(
    provider: string,
    reference: string,
    changeId: string,
    { within }: { within?: number } = {},
  ): Promise<ChangeProgress> {
    const late = within === undefined ? undefined : AbortSignal.timeout(within);
    for (;;) {
      const found = await this.find(provider, reference, changeId);
      if (hasEnded(found)) return found;
      const stories = this.watch(provider, reference, late ? { signal: late } : {});
      for (;;) {
        const { value, done } = await stories.next();
        if (late?.aborted) throw new DeadlineExceeded(within!);
        const change = value?.changes.find((one) => one.changeId === changeId);
        if (change && hasEnded(change)) return change;
        // Meanwhile another run has followed the one that it was in.
        if (!change || done) break;
      }
    }
  }

  /** Ends the change under way, undone where that is possible, and begins no other. */
  async cancel(provider: string, reference: string, words: Accountable = {}): Promise<void> {
    return this.#caller.cancel(this.#of(provider, reference), checkAccountable(words));
  }

  /** A hint that the new address was confirmed: the run looks before it believes it. */
  async emailVerified(
    provider: string,
    reference: string,
    event: messages.OutsideEvent & { at?: string },
  ): Promise<void> {
    return this.#caller.signal(this.#of(provider, reference), messages.emailVerified, event);
  }

  async confirmEmail(provider: string, reference: string, input: { code: string }): Promise<{ confirmed: boolean }> {
    return this.#caller.update(this.#of(provider, reference), (run) =>
      run.executeUpdate(messages.confirmEmail, { args: [input] }),
    );
  }

  async resendVerification(provider: string, reference: string): Promise<void> {
    return this.#caller.update(this.#of(provider, reference), (run) => run.executeUpdate(messages.resendVerification));
  }

  #of(provider: string, reference: string): Target {
    return this.#caller.to(addressOf(provider, reference));
  }
}

function addressOf(provider: string, reference: string): RunAddress {
  return { type: 'change', provider, reference };
}
