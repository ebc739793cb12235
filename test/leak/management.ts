import type { AccountChange } from '../../contract/change.ts';
import type { ProviderName } from '../../contract/request.ts';
import type { ChangeRequest } from '../../client/requests/change.ts';
import { OnboardingFailed, UpdateRefused } from '../../client/index.ts';
import { referenceOf } from './requests.ts';
import type { Stage } from './stage.ts';

/** Whose account a change or an offboarding is about. */
export interface Customer {
  provider: ProviderName;
  reference: string;
  accountId?: string;
}

/** A change, the caller's key of it, and how it must end. */
export type Wanted = [changeId: string, change: AccountChange, end: string];

const LOOK = { firstPoll: 'PT1S', maxPoll: 'PT1S' } as const;

export const QUICK_CHANGE: NonNullable<ChangeRequest['policy']> = {
  emailChanged: LOOK,
  memberAccepted: LOOK,
  attention: { retryEvery: 'PT1S' },
  undoWithin: 'PT5S',
};

export function customerOf(path: string, provider: ProviderName = 'defentry'): Customer {
  return { provider, reference: referenceOf(path) };
}

/** Asks for all of them at once, which are then made one after the other. */
export async function ask(
  { onboard }: Stage,
  customer: Customer,
  wanted: Wanted[],
  policy: ChangeRequest['policy'] = QUICK_CHANGE,
): Promise<void> {
  for (const [index, [changeId, change]] of wanted.entries()) {
    const request = JSON.stringify({ ...customer, changeId, change, policy });
    const args = ['change', '-', '--no-wait', ...(index % 2 === 0 ? ['--json'] : [])];
    const code = await onboard.here(`change ${change.kind}`, args, request);
    if (code !== 0) throw new Error(`${changeId} was not taken`);
  }
}

/** Throws when one of them has ended otherwise. */
export async function allEnd({ house }: Stage, { provider, reference }: Customer, wanted: Wanted[]): Promise<void> {
  const wrong: string[] = [];
  for (const [changeId, , end] of wanted) {
    const { status, code } = await house.client.changes.result(provider, reference, changeId);
    const ended = [status, code].filter(Boolean).join(' ');
    if (ended !== end) wrong.push(`${changeId}: ${ended}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join(', '));
}

/** An operator who answers every call for a decision about a change with "retry", until the run has ended. */
export async function retryChanges(
  { house: { client } }: Stage,
  { provider, reference }: Customer,
  reason: string,
): Promise<void> {
  for await (const { attention } of client.changes.watch(provider, reference, { every: 300 })) {
    if (!attention) continue;
    const decision = { step: attention.step, action: 'retry', by: 'operator', reason } as const;
    try {
      await client.operator.resolve({ type: 'change', provider, reference }, decision);
    } catch (error) {
      // The step has mended itself meanwhile.
      if (!(error instanceof UpdateRefused)) throw error;
    }
  }
}

export async function changeAtAttention({ house }: Stage, { provider, reference }: Customer): Promise<void> {
  for await (const { attention } of house.client.changes.watch(provider, reference, { every: 300 })) {
    if (attention) return;
  }
  throw new Error('the changes ended before one needed a decision');
}

export async function offboardingAtAttention(
  { house }: Stage,
  { provider, reference }: Customer,
  step: string,
): Promise<void> {
  for await (const { attention } of house.client.offboardings.watch(provider, reference, { every: 300 })) {
    if (attention?.step === step) return;
  }
  throw new Error(`the offboarding ended before ${step} needed a decision`);
}

/** How it ended, and what it could not take away. */
export async function offboarded({ house }: Stage, { provider, reference }: Customer): Promise<string> {
  try {
    const { outcome, reason, remainder } = await house.client.offboardings.result(provider, reference);
    return [outcome, reason?.code, ...remainder.map(({ step, code }) => `${step}: ${code}`)].filter(Boolean).join(' ');
  } catch (error) {
    if (error instanceof OnboardingFailed) return `failed ${error.failure}`;
    throw error;
  }
}

/** Whether what was said is on record for those who may read it, so that it had to be kept from the others. */
export async function mustBeOnRecord({ onboard }: Stage, ref: string, said: string): Promise<void> {
  const { output } = await onboard.unheard(['decisions', ref, '--json']);
  if (!output.includes(JSON.stringify(said.trim()).slice(1, -1)))
    throw new Error(`the decision in ${ref} is not on record`);
}
