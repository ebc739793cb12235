import { log } from '@temporalio/workflow';
import type { Poll } from '../../../contract/account.ts';
import type { Capabilities } from '../../../contract/capabilities.ts';
import type { Policy, WaitPolicy } from '../../../contract/policy.ts';
import { End, failureCode } from '../../engine/failure.ts';
import type { Provider } from '../../engine/provider.ts';
import type { Run, Stepped } from '../../engine/run.ts';
import { apply } from '../../engine/run.ts';
import { step } from '../../engine/step.ts';
import type { OnboardingState } from '../state.ts';
import { changesEmail } from '../state-changes.ts';
import { now } from '../../engine/time.ts';
import type { Waited } from '../../engine/wait.ts';
import { awaitPerson } from '../../engine/wait.ts';

/** What a run knows that waits for an address to be confirmed. */
export type Mailed = Stepped & {
  accountId?: string;
  capabilities?: Capabilities;
  policy: Pick<Policy, 'resendEvery'>;
  hints: { emailVerified: number };
  lastMailAt?: number;
};

/** Waits until the address is confirmed. The provider sends the first mail itself when it creates the account. */
export function verifyEmail(run: Run<OnboardingState>): Promise<void> {
  return step(
    run,
    'verifyEmail',
    async (call) => {
      const { policy, accountId } = run.state;
      const waited = await call(() =>
        awaitEmail(run, {
          step: 'verifyEmail',
          for: 'emailVerified',
          policy: policy.emailVerified,
          look: (pace, poll) =>
            poll('Look whether the e-mail is verified').awaitEmailVerified({
              accountId: accountId!,
              ...pace,
            }),
          // The run of a change to the address reminds of its own.
          remind: () => (changesEmail(run.state) ? Promise.resolve() : remindByMail(run)),
        }),
      );
      if ('expired' in waited) throw new End('expired', { code: 'EmailNotVerified' });
      return { status: 'proven' in waited && !waited.proven.needed ? 'not-needed' : 'done' };
    },
    {
      needed: ({ capabilities, request, verificationNeeded }) =>
        verificationNeeded !== false &&
        request.awaitEmailVerified !== false &&
        request.person.email !== undefined &&
        capabilities!.emailVerified !== 'none',
    },
  );
}

/** The wait for an address. The provider is looked at where it can be read; where not, a report counts, also one that came before the wait. */
export function awaitEmail<T, State extends Mailed>(
  run: Run<State>,
  wait: {
    step: string;
    for: 'emailVerified' | 'emailChanged';
    policy: WaitPolicy;
    look: (pace: Poll, poll: Provider['poll']) => Promise<T>;
    remind: () => Promise<void>;
  },
): Promise<Waited<T>> {
  const evidence = run.state.capabilities!.emailVerified;
  return awaitPerson(run, {
    ...wait,
    hints: () => run.state.hints.emailVerified,
    look: evidence === 'read' ? wait.look : undefined,
    ...(evidence === 'signal' ? { seen: 0 } : {}),
  });
}

/** A reminder that fails must not end the wait: the person may still have the first mail. */
export async function remindByMail<State extends Mailed>(run: Run<State>): Promise<void> {
  if (!run.state.capabilities!.resendVerification) return;
  const code = await failureCode(() => sendMail(run, 'Remind: send the verification mail again'));
  if (code !== undefined) log.warn('reminder not sent', { code });
}

export async function sendMail<State extends Mailed>(run: Run<State>, summary: string): Promise<void> {
  await run.provider.act(summary).sendVerification({ accountId: run.state.accountId! });
  apply(run, (state) => ({ ...state, lastMailAt: now() }));
}
