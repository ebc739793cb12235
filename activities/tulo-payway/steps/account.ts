import type { Known } from '../../../contract/account.ts';
import type { OwnAccount, ProviderActivities } from '../../../contract/activities.ts';
import type { OnboardingRequest } from '../../../contract/request.ts';
import { either, tellingNext, wasSent } from '../../attempts.ts';
import { ifThere, isHttpError } from '../../http/errors.ts';
import { proof } from '../../proof.ts';
import { accountBody, requiresVerification } from '../body.ts';
import type { TuloPaywayClient } from '../client.ts';
import type { TuloPaywayConfig } from '../config.ts';
import { existingCustomers, isForCustomer } from '../customers.ts';
import { onceOpened } from '../errors.ts';
import { emailTaken, findOwn, isEmailTaken, isOurs, isSsnTaken, mustBeOurs, refusal, ssnTaken } from '../lookup.ts';
import { mailReset } from '../password.ts';
import { ACCOUNT, readAccount } from '../read-account.ts';
import { subscriptions } from '../subscriptions.ts';
import { ensureVerification } from './verification.ts';

type Steps = Pick<
  ProviderActivities,
  'checkUniqueness' | 'createAccount' | 'readAccount' | 'sendPasswordReset' | 'removeAccount'
>;

export function accountSteps(client: TuloPaywayClient, config: TuloPaywayConfig): Steps {
  const { accounts, passwords, verification } = client;
  const { ensure, endThoseOf } = subscriptions(client, config);
  const customers = existingCustomers(client, config);
  const lookUp = (reference: string) => findOwn(accounts, config.externalIdKey, reference);

  return {
    async checkUniqueness({ request: { reference, person, existingCustomer } }) {
      const { account } = await lookUp(reference);
      if (account) {
        mustBeOurs(account, person);
        return { uniqueness: 'ours' };
      }
      if (person.email && (await isEmailTaken(accounts, person.email))) throw emailTaken();
      if (person.ssn && (await isSsnTaken(accounts, person.ssn))) throw ssnTaken();
      if (existingCustomer) await customers.mustBeCandidate(existingCustomer);
      return { uniqueness: 'free' };
    },

    createAccount: (input) => (isForCustomer(input.request) ? tellingNext(() => open(input)) : open(input)),

    readAccount: ({ accountId }) => readAccount(accounts, accountId),

    sendPasswordReset: ({ email }) => mailReset(passwords, config, email),

    async removeAccount(own) {
      const accountId = own.accountId ?? (await idOf(own));
      if (accountId === undefined) return;
      try {
        await ifThere(accounts.archive(accountId));
      } catch (error) {
        // A subscription is running (section 5.6). What a customer brought along was not provisioned here.
        const mayEnd = own.existingCustomer === undefined || config.endSubscriptions === 'all';
        if (!isHttpError(error, 'Conflict') || !mayEnd || !(await endThoseOf(accountId))) throw error;
        await ifThere(accounts.archive(accountId));
      }
      const { exists } = await readAccount(accounts, accountId);
      proof(exists ? 'no' : 'yes', ACCOUNT);
    },
  };

  async function open({ request, asked = 'no' }: { request: OnboardingRequest; asked?: Known }) {
    const { account, externalId } = await lookUp(request.reference);
    const made = account
      ? { accountId: mustBeOurs(account, request.person).id, created: false }
      : isForCustomer(request)
        ? await customers.open(request, externalId, either(asked, wasSent()))
        : await create(request, externalId);
    // A customer has what the subscription system says, and more only if it is asked for.
    const packageCode = request.planId ?? (isForCustomer(request) ? undefined : config.packageCode);
    if (packageCode !== undefined) {
      // On an account that only we have opened, what was provisioned before may be the package; a customer brings subscriptions along.
      await onceOpened(ensure(made.accountId, packageCode, !made.created && !isForCustomer(request)));
    }
    const verificationNeeded = requiresVerification(request, config)
      ? await onceOpened(ensureVerification(verification, made.accountId, config.verificationUrl))
      : false;
    return { ...made, verificationNeeded };
  }

  async function create(request: OnboardingRequest, externalId: string) {
    try {
      const accountId = await accounts.create(accountBody(request, externalId, config));
      return { accountId, created: true };
    } catch (error) {
      if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
      // The clash may be with an earlier attempt of ours that was still under way at the first look.
      const { account } = await lookUp(request.reference);
      if (account) return { accountId: mustBeOurs(account, request.person).id, created: false };
      throw await refusal(accounts, error, request.person);
    }
  }

  /** Somebody else's account under our reference is nothing of ours to take back. */
  async function idOf({ reference, person, existingCustomer }: OwnAccount): Promise<string | undefined> {
    const { account } = await lookUp(reference);
    if (!account && existingCustomer) await customers.mustNotBeUntold(existingCustomer, person);
    return account && isOurs(account, person) ? account.id : undefined;
  }
}
