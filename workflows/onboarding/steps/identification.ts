import { log } from '@temporalio/workflow';
import type { Addressed } from '../../../contract/activities.ts';
import type { Poll } from '../../../contract/account.ts';
import { failureCode } from '../../engine/failure.ts';
import type { Provider } from '../../engine/provider.ts';
import type { Run } from '../../engine/run.ts';
import { apply } from '../../engine/run.ts';
import type { StepEnd } from '../../engine/step.ts';
import { step } from '../../engine/step.ts';
import type { OnboardingState } from '../state.ts';
import { awaitPerson } from '../../engine/wait.ts';

/** Brings the missing SSN by the person's eID. An account created with its SSN needs none. */
export function identify(run: Run<OnboardingState>): Promise<void> {
  return step(
    run,
    'identify',
    async (call) => {
      const { policy } = run.state;
      for (;;) {
        const { sessions, identificationId } = run.state.identification;
        // Without an own session left the wait goes on for a person's `renewEidLink` or the next reminder.
        if (identificationId === undefined && sessions < policy.identification.attempts) {
          await call((act) => openSession(run, act, 'Open an eID session'));
        }
        const waited = await call(() =>
          awaitPerson(run, {
            step: 'identify',
            for: 'identification',
            policy: policy.identification,
            hints: () => run.state.hints.identification,
            look:
              run.state.identification.identificationId === undefined
                ? undefined
                : (pace, poll) => look(run, pace, poll),
            remind: () => remindByLink(run),
          }),
        );
        if ('expired' in waited) return closed(run, { status: 'gap', code: 'deadline' });
        if ('proven' in waited) {
          if (waited.proven.outcome === 'completed') return closed(run, { status: 'done' });
          apply(run, (state) => ({ ...state, identification: { sessions: state.identification.sessions } }));
        }
      }
    },
    {
      needed: ({ ssnGiven, request }) => !ssnGiven && request.identification !== undefined,
      skippable: true,
    },
  );
}

function look(run: Run<OnboardingState>, pace: Poll, poll: Provider['poll']) {
  const { accountId, identification } = run.state;
  return poll('Look whether the eID is done').awaitIdentification({
    accountId: accountId!,
    ...addresses(run),
    identificationId: identification.identificationId!,
    ...pace,
  });
}

function addresses({ state: { request, createdEmail } }: Run<OnboardingState>): Addressed {
  return { email: request.person.email!, ...(createdEmail === undefined ? {} : { createdEmail }) };
}

function closed(run: Run<OnboardingState>, end: StepEnd): StepEnd {
  apply(run, (state) => ({ ...state, identification: { sessions: state.identification.sessions } }));
  return end;
}

/** Opens a session, answers its link, and lets the wait look at the new one. */
export async function openSession(run: Run<OnboardingState>, act: Provider['act'], summary: string): Promise<string> {
  const { accountId, request } = run.state;
  const opened = await act(summary).startIdentification({
    accountId: accountId!,
    ...addresses(run),
    ...request.identification!,
  });
  apply(run, (state) => ({
    ...state,
    identification: { sessions: state.identification.sessions + 1, ...opened },
    hints: { ...state.hints, identification: state.hints.identification + 1 },
  }));
  return opened.link;
}

async function remindByLink(run: Run<OnboardingState>): Promise<void> {
  const code = await failureCode(() =>
    openSession(run, (summary) => run.provider.act(summary), 'Remind: open a new eID session'),
  );
  if (code !== undefined) log.warn('no new eID link at the reminder', { code });
}
