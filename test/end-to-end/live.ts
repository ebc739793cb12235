import { randomUUID } from 'node:crypto';
import type { AccountChange, ChangesResult } from '../../contract/change.ts';
import { changeRunId } from '../../contract/ids.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { Deployment } from './deployment.ts';
import { QUICK } from './requests.ts';

/** What is asked for in the life of an account. */
export type Asked = 'onboarding' | AccountChange | 'offboarding';

const { emailVerified: emailChanged, memberAccepted, attention } = QUICK;

/** Asks for it and waits for the end: outcome or status, with the code if there is one. */
export async function endOf(
  { onboardings }: Pick<Deployment, 'onboardings'>,
  request: OnboardingRequest,
  ask: Asked,
): Promise<string> {
  const { provider, reference } = request;
  if (ask === 'onboarding') {
    await onboardings.start(request);
    return (await onboardings.result(provider, reference)).outcome;
  }
  if (ask === 'offboarding') {
    await onboardings.offboardings.start({ provider, reference, keepFor: 'PT1S', policy: { attention } });
    return (await onboardings.offboardings.result(provider, reference)).outcome;
  }
  const changeId = randomUUID();
  const policy = { emailChanged, memberAccepted, attention };
  await onboardings.changes.request({ provider, reference, changeId, change: ask, policy });
  // Quicker than the client's watch, which is made for people.
  const run = onboardings.temporal.workflow.getHandle(changeRunId(provider, reference));
  const { changes } = (await run.result()) as ChangesResult;
  const { status, code } = changes.find((one) => one.changeId === changeId)!;
  return code === undefined ? status : `${status} ${code}`;
}
