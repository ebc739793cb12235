import { setTimeout } from 'node:timers/promises';
import type { FaultInput } from '../../sandbox/core/fault.ts';
import type { Effect } from '../../sandbox/defentry/model.ts';
import type { AccountChange } from '../../contract/change.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { Deployment } from './deployment.ts';
import { eidRequest, familyRequest, newPerson, singleRequest } from './requests.ts';

/** What a network and an overloaded provider do to a call. */
const FAULTS: FaultInput[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'server-error', when: 'before' },
  { kind: 'server-error', when: 'after' },
  { kind: 'html-503', when: 'before' },
  { kind: 'html-503', when: 'after' },
  { kind: 'truncated-json' },
  { kind: 'throttle', seconds: 1 },
];

/** Disturbs 30 % of all calls, each kind as often as the others. Answers the live counts. */
export function disturb({ sandbox }: Deployment, seed: number) {
  // Drawn one after the other, so the shares of calls that are left alone multiply.
  const probability = 1 - 0.7 ** (1 / FAULTS.length);
  return FAULTS.map((fault, index) => sandbox.faults.add({ ...fault, probability, seed: seed + index }));
}

export interface Customer {
  request: OnboardingRequest;
  /** Told to stop in the middle. */
  cancelled: boolean;
  /** What comes once the customer is onboarded, still in the storm, and its effect. */
  later?: { ask: AccountChange | 'offboarding'; effect: Effect } | undefined;
}

/** Of six customers two leave it at the onboarding, and one is cancelled in it. */
function laterOf(index: number): Customer['later'] {
  switch (index % 6) {
    case 1:
      return { ask: { kind: 'change-email', email: newPerson().email }, effect: 'email.changed' };
    case 2:
      return { ask: 'offboarding', effect: 'account.deactivated' };
    case 4:
      return { ask: { kind: 'update-profile', profile: { firstName: 'Eva' } }, effect: 'account.updated' };
    default:
      return undefined;
  }
}

/** Customers of all kinds in turn, every sixth of whom changes its mind. */
export function customers(count: number): Customer[] {
  const member = (reference: string) => ({ reference, person: newPerson() });
  const company = { name: 'Berg AB', organizationNumber: '556468-3984' };
  const kinds: (() => OnboardingRequest)[] = [
    () => singleRequest({ ssnMonitoring: true }),
    () => familyRequest({ members: [member('m1'), member('m2')] }),
    () => eidRequest({ ssnMonitoring: true }),
    () => familyRequest({ kind: 'business', company }),
    () => eidRequest({ kind: 'family', members: [member('m1')] }),
  ];
  return Array.from({ length: count }, (_, index) => ({
    request: kinds[index % kinds.length]!(),
    cancelled: index % 6 === 5,
    later: laterOf(index),
  }));
}

/**
 * Kills a worker every few seconds, without a word, and starts another, until the time is over or it is told to stop, which answers how many
 * it killed. Then what is still open must come to its end by itself.
 */
export function killWorkers(
  { workers, startWorker }: Deployment,
  everyMs: number,
  forMs: number,
): () => Promise<number> {
  let killed = 0;
  const stopping = new AbortController();
  const { signal } = stopping;
  const until = Date.now() + forMs;
  const killing = (async () => {
    while (Date.now() < until && (await passed(everyMs, signal))) {
      await workers[killed]!.stop('SIGKILL');
      killed += 1;
      await startWorker();
    }
  })();
  return async () => {
    stopping.abort();
    await killing;
    return killed;
  };
}

/** `false` when it was called off. */
function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(ms, true, { signal }).catch(() => false);
}
