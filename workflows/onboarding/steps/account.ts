import type { Known } from '../../../contract/account.ts';
import { FAILURES } from '../../../contract/failures.ts';
import { askedBy, End } from '../../engine/failure.ts';
import { noting } from '../../lost-answer.ts';
import type { Run } from '../../engine/run.ts';
import { apply } from '../../engine/run.ts';
import { step } from '../../engine/step.ts';
import type { OnboardingState } from '../state.ts';
import { dropSsn } from '../state.ts';

/** The provider has said no, after it was asked for an account of ours: there is none, and nothing to undo. */
const REFUSED: readonly string[] = [...FAILURES.rejected, 'Invalid', 'Forbidden'];

/** The vendor's rules, before any effect; from here on the request is in the provider's own forms. */
export function checkRequest(run: Run<OnboardingState>): Promise<void> {
  return step(run, 'checkRequest', async (call) => {
    const { request, capabilities } = await call((act) =>
      act('Check the request by the rules of the provider').checkRequest({ request: run.state.request }),
    );
    apply(run, (state) => ({ ...state, request, capabilities }));
  });
}

export function checkUniqueness(run: Run<OnboardingState>): Promise<void> {
  return step(run, 'checkUniqueness', async (call) => {
    await call((act) =>
      act('Check that the customer is not there yet').checkUniqueness({ request: run.state.request }),
    );
  });
}

export function createAccount(run: Run<OnboardingState>): Promise<void> {
  // Before a continue-as-new, or before an operator was called for.
  let asked: Known = run.state.accountMayExist ? 'yes' : 'no';
  let called = false;
  return step(
    run,
    'createAccount',
    async (call) => {
      const noted = noting(call, () => apply(run, (state) => ({ ...state, answerLost: true })));
      try {
        const {
          accountId,
          accountHash,
          verificationNeeded = true,
        } = await noted((act, before) => {
          if (asked !== 'yes') asked = before === undefined ? (called ? 'yes' : 'no') : askedBy(before);
          called = true;
          const input = { request: run.state.request, ...(asked === 'no' ? {} : { asked }) };
          return act('Create the account, or adopt our own').createAccount(input);
        });
        apply(run, (state) => ({
          ...dropSsn(state),
          accountId,
          ...(accountHash === undefined ? {} : { accountHash }),
          ...(verificationNeeded ? {} : { verificationNeeded }),
        }));
      } catch (error) {
        if (error instanceof End && isNotThere(run.state, error)) {
          apply(run, (state) => ({ ...state, accountMayExist: false }));
        }
        throw error;
      }
    },
    { before: (state) => ({ ...state, accountMayExist: true }) },
  );
}

function isNotThere({ answerLost }: OnboardingState, { reason }: End): boolean {
  return REFUSED.includes(reason.code) && !answerLost;
}

/** Where creation sets a password that nobody knows, the person is asked to choose one. */
export function sendPasswordReset(run: Run<OnboardingState>): Promise<void> {
  return step(
    run,
    'sendPasswordReset',
    async (call) => {
      const { accountId, request } = run.state;
      await call((act) =>
        act('Send the mail by which the person chooses a password').sendPasswordReset({
          accountId: accountId!,
          email: request.person.email!,
        }),
      );
    },
    {
      needed: ({ capabilities, request }) => capabilities?.passwordReset === true && request.person.email !== undefined,
      skippable: true,
    },
  );
}
