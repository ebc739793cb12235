import { answered } from './failure.ts';
import { isText, refuse } from './guards.ts';
import * as messages from '../../contract/messages.ts';
import { onUpdate } from './messages.ts';
import type { Run, Stepped } from './run.ts';
import { apply } from './run.ts';
import { stepOf } from './state.ts';
import type { Mailed } from '../onboarding/steps/email.ts';
import { sendMail } from '../onboarding/steps/email.ts';
import { milliseconds, now } from './time.ts';

/** What a person may ask of a run whose `step` waits for an address to be confirmed. */
export function handleEmail<State extends Mailed>(run: Run<State>, step: string): void {
  onUpdate(
    run,
    messages.confirmEmail,
    async ({ code }) => {
      const answer = await answered(() =>
        run.provider.act('Confirm the e-mail by code').confirmEmail({ accountId: run.state.accountId!, code }),
      );
      if (answer.confirmed) {
        apply(run, (state) => ({
          ...state,
          hints: { ...state.hints, emailVerified: state.hints.emailVerified + 1 },
        }));
      }
      return answer;
    },
    ({ code }) => {
      if (!isText(code)) refuse('code: must be the code from the mail.');
      if (!run.state.capabilities?.confirmByCode) refuse('The provider does not verify e-mail addresses by code.');
      mustWait(run, step, 'The e-mail address is not waiting to be verified.');
    },
  );
  onUpdate(
    run,
    messages.resendVerification,
    async () => {
      apply(run, (state) => ({ ...state, lastMailAt: now() }));
      await answered(() => sendMail(run, 'Send the verification mail again, as asked'));
    },
    () => {
      const { capabilities, lastMailAt, policy } = run.state;
      if (!capabilities?.resendVerification) refuse('The provider cannot send the verification mail again.');
      mustWait(run, step, 'The e-mail address is not waiting to be verified.');
      if (lastMailAt !== undefined && now() - lastMailAt < milliseconds(policy.resendEvery)) {
        refuse(`A mail went out less than ${policy.resendEvery} ago; try again later.`);
      }
    },
  );
}

export function mustWait<State extends Stepped>(run: Run<State>, step: string, sentence: string): void {
  const { wait } = run.state;
  if (wait === undefined || stepOf(run.state, step).status !== 'waiting') refuse(sentence);
}
