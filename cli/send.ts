import { type OnboardingClient, nameOf } from '../client/index.ts';
import { customerOf, referenceOf, withClient, type Cli, type CommonOptions } from './cli.ts';
import { writeJson, writeLine } from './output.ts';
import type { RunAddress } from '../contract/ids.ts';
import { customerOnly } from './reference.ts';

/** Sends one message to a run and says that it was taken. What the run answers is printed with it. */
export async function send(
  cli: Cli,
  ref: string,
  options: CommonOptions,
  done: string,
  message: (client: OnboardingClient, address: RunAddress) => Promise<object | void>,
): Promise<void> {
  const address = referenceOf(ref, options);
  const answer = (await withClient(cli, (client) => message(client, address))) ?? {};
  if (options.json) writeJson(cli.stdout, { ...address, done, ...answer });
  else writeLine(cli.stdout, `${nameOf(address)}: ${done}`);
}

/** For what is about the e-mail address of a customer: the first one of an onboarding, a new one of `change/…`. */
export async function sendAboutEmail(
  cli: Cli,
  ref: string,
  options: CommonOptions,
  done: string,
  message: (emails: Emails, provider: string, reference: string) => Promise<object | void>,
): Promise<void> {
  const { type, provider, reference } = emailOwner(ref, options);
  return send(cli, ref, options, done, (client) =>
    message(type === 'change' ? client.changes : client, provider, reference),
  );
}

export function emailOwner(ref: string, options: CommonOptions): RunAddress {
  const { type, ...customer } = referenceOf(ref, options);
  return type === 'change'
    ? { type, ...customerOnly({ ...customer, type: 'onboarding' }) }
    : { type: 'onboarding', ...customerOnly({ ...customer, type }) };
}

export type Emails = Pick<OnboardingClient, 'emailVerified' | 'resendVerification' | 'confirmEmail'>;

/** For the messages that only the customer's own run takes. */
export async function sendToCustomer(
  cli: Cli,
  ref: string,
  options: CommonOptions,
  done: string,
  message: (client: OnboardingClient, provider: string, reference: string) => Promise<object | void>,
): Promise<void> {
  const { provider, reference } = customerOf(ref, options);
  return send(cli, ref, options, done, (client) => message(client, provider, reference));
}
