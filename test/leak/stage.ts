import { setTimeout as delay } from 'node:timers/promises';
import type { OnboardingResult, Progress } from '../../contract/progress.ts';
import type { OnboardingRequest, ProviderName } from '../../contract/request.ts';
import { OnboardingCancelled, OnboardingFailed, UpdateRefused } from '../../client/index.ts';
import type { Canaries } from './canaries.ts';
import type { Customers } from './customers.ts';
import type { House } from './house.ts';
import type { Onboard } from './onboard.ts';
import { referenceOf } from './requests.ts';
import type { Source } from './search.ts';
import type { Call } from './vendor.ts';

/** Each look at a run costs the server; there are many at once. */
const LOOK_MS = 300;

/** What a path plays on. */
export interface Stage {
  house: House;
  canaries: Canaries;
  customers: Customers;
  onboard: Onboard;
  /** Of somebody who is a customer at the vendor already. */
  customer: OnboardingRequest;
  /** Answers, and errors as a backend that logs them whole would log them. */
  heard: Source[];
}

/** Drives one customer to an end; answers how it ended. */
export type Path = (stage: Stage) => Promise<string>;

export async function ended({ house }: Stage, path: string, provider: ProviderName = 'defentry'): Promise<string> {
  try {
    const { outcome, reason }: OnboardingResult = await house.client.result(provider, referenceOf(path));
    return reason ? `${outcome} ${reason.code}` : outcome;
  } catch (error) {
    if (error instanceof OnboardingCancelled) return 'aborted';
    if (error instanceof OnboardingFailed) return `failed ${error.failure}`;
    throw error;
  }
}

export async function completes(stage: Stage, path: string, request: OnboardingRequest): Promise<string> {
  await stage.house.client.start(request);
  return ended(stage, path, request.provider);
}

/** Waits until the run's own story says so. */
export async function until(
  { house }: Stage,
  path: string,
  fact: (progress: Progress) => boolean,
  provider: ProviderName = 'defentry',
): Promise<void> {
  for await (const progress of house.client.watch(provider, referenceOf(path), { every: LOOK_MS })) {
    if (fact(progress)) return;
  }
  throw new Error(`${path} ended before what was waited for`);
}

/** The run of a member waits for a decision. */
export async function memberAtAttention({ house }: Stage, path: string, member: string): Promise<boolean> {
  await delay(LOOK_MS);
  const run = await house.client.get('defentry', referenceOf(path), member).catch(() => undefined);
  return run?.waitingFor === 'operator';
}

export function waitsFor(what: NonNullable<Progress['wait']>['for']): (progress: Progress) => boolean {
  return ({ wait, attention }) => wait?.for === what && attention === undefined;
}

/** An operator who answers every call for a decision with "retry", until the run has ended. Answers how often. */
export async function retryAlways(
  { house: { client } }: Stage,
  path: string,
  provider: ProviderName = 'defentry',
): Promise<number> {
  const reference = referenceOf(path);
  let decisions = 0;
  for await (const { attention } of client.watch(provider, reference, { every: LOOK_MS })) {
    if (!attention) continue;
    try {
      await client.resolve(provider, reference, { step: attention.step, action: 'retry', reason: 'the cause is gone' });
      decisions += 1;
    } catch (error) {
      // The step has mended itself meanwhile.
      if (!(error instanceof UpdateRefused)) throw error;
    }
  }
  return decisions;
}

/** Whether a call to the vendor is about the customer of this path. */
export function about({ house }: Stage, path: string, ssn?: string): (call: Call) => boolean {
  const marks = [referenceOf(path), `kanarie.${path}`, `kanarie/${path}`, ...(ssn === undefined ? [] : [ssn])];
  return ({ route, body }) => {
    const [, id] = /\/account\/(\d+)/.exec(route) ?? [];
    const owned =
      id !== undefined &&
      house.providers.defentry.sandbox.ledger.entries({ accountId: id, externalId: referenceOf(path) });
    return (
      (owned && owned.length > 0) ||
      marks.some((mark) => body.includes(mark) || decodeURIComponent(route).includes(mark))
    );
  };
}
