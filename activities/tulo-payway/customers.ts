import type { Known } from '../../contract/account.ts';
import type { ExistingCustomer, OnboardingRequest, Person } from '../../contract/request.ts';
import { isSending, wasNotExecuted } from '../attempts.ts';
import { rejected } from '../failure.ts';
import { HttpError, ifThere, isHttpError } from '../http/errors.ts';
import { proof } from '../proof.ts';
import { activationBody } from './body.ts';
import { candidateOf } from './candidates.ts';
import type { TuloPaywayClient } from './client.ts';
import type { TuloPaywayConfig } from './config.ts';
import { onceOpened } from './errors.ts';
import { isOurs, refusal } from './lookup.ts';
import type { Account, Candidate } from './schemas.ts';
import { ACCOUNT } from './read-account.ts';

type Config = Pick<TuloPaywayConfig, 'externalIdKey' | 'accountOrigin'>;
type Asked = OnboardingRequest & { existingCustomer: ExistingCustomer };

export function isForCustomer(request: OnboardingRequest): request is Asked {
  return request.existingCustomer !== undefined;
}

/**
 * Accounts of customers whom a subscription system knows (Tulo Payway contract, section 5.7). An activation takes no external id, so our
 * reference gets on the account by identity mapping (section 11), and in between the account shows nothing of ours but the customer number
 * and the address. Those two count as a sign only after a call of ours that may have activated: before it, whoever has the account is a stranger.
 */
export function existingCustomers({ accounts }: Pick<TuloPaywayClient, 'accounts'>, config: Config) {
  const candidate = ({ customerNumber, zipCode }: ExistingCustomer) =>
    candidateOf(accounts, {
      customer_number: customerNumber,
      ...(zipCode === undefined ? {} : { zip_code: zipCode }),
    });

  return {
    /** Fails unless there is a candidate. */
    mustBeCandidate: async (customer: ExistingCustomer): Promise<void> => {
      const found = await candidate(customer);
      if (found === 'unknown' || found === 'has-account') throw noCandidate(found);
    },

    /** Activates the candidate, or adopts what an earlier call of ours has activated (`asked`); our reference is on the account then. */
    open: async (request: Asked, externalId: string, asked: Known) => {
      const found = await candidate(request.existingCustomer);
      const isThere = found !== 'unknown' && found !== 'has-account';
      if (!isThere && asked === 'no') throw noCandidate(found);
      const account = isThere ? await activated(found, request, asked) : await activatedBefore(request, asked);
      await carryReference(account.id, externalId);
      return { accountId: account.id, created: isThere };
    },

    /** Fails when an account may be ours whose reference is missing: archiving cannot be undone, so a person must tell. */
    mustNotBeUntold: async (customer: ExistingCustomer, person: Pick<Person, 'email'>): Promise<void> => {
      const account = await accountOf(customer);
      if (account && isOurs(account, person)) throw outcomeUnknown();
    },
  };

  /** Whoever has opened it. An archived account shows no customer number (section 5.6). */
  async function accountOf({ customerNumber }: ExistingCustomer): Promise<Account | undefined> {
    const account = await ifThere(accounts.get({ customer_number: customerNumber }));
    return account?.status === 'archived' ? undefined : account;
  }

  /** While it does not show, whether there was an activation is not known. */
  async function shown({ existingCustomer }: Asked): Promise<Account> {
    const account = await accountOf(existingCustomer);
    if (account) return account;
    throw new HttpError('UnknownOutcome', { ...ACCOUNT, vendorCode: 'CUSTOMER_NOT_SHOWN' });
  }

  /** Where it is not known whether we have asked, whoever has the account may be a stranger, and what does not show may be ours. */
  async function activatedBefore(request: Asked, asked: Known): Promise<Account> {
    if (asked === 'unknown') throw await ofUnknown(request);
    const account = await onceOpened(shown(request));
    if (isOurs(account, request.person)) return account;
    throw noCandidate('has-account');
  }

  async function ofUnknown({ existingCustomer, person }: Asked): Promise<Error> {
    const account = await onceOpened(accountOf(existingCustomer));
    return account && !isOurs(account, person) ? noCandidate('has-account') : outcomeUnknown();
  }

  async function activated(found: Candidate, request: Asked, asked: Known): Promise<Account> {
    try {
      isSending();
      await accounts.activateCandidate(activationBody(request, found.account_candidate_id, config));
    } catch (error) {
      if (isHttpError(error, 'Throttled', 'Unavailable', 'Unauthorized')) wasNotExecuted();
      if (!isHttpError(error, 'Conflict', 'Invalid', 'NotFound')) throw error;
      if (asked === 'unknown') throw await ofUnknown(request);
      // The clash may be with an earlier attempt of ours that was still under way at the look-up, or with somebody who was quicker.
      const account = await onceOpened(accountOf(request.existingCustomer));
      if (account && asked === 'yes' && isOurs(account, request.person)) return account;
      throw account ? noCandidate('has-account') : await refusal(accounts, error, request.person);
    }
    const account = await onceOpened(shown(request));
    if (isOurs(account, request.person)) return account;
    throw new HttpError('ContractViolation', { ...ACCOUNT, vendorCode: 'READ_BACK_DIFFERS' });
  }

  /** Overwrites (section 11), so once more does no harm. */
  async function carryReference(accountId: string, value: string): Promise<void> {
    const { externalIdKey } = config;
    await onceOpened(accounts.mapIdentity(accountId, externalIdKey, value));
    const mapped = await ifThere(accounts.get({ external_id_key: externalIdKey, external_id_value: value }));
    proof(mapped?.id === accountId ? 'yes' : 'no', ACCOUNT);
  }
}

/** May be ours or the customer's own: archiving cannot be undone, and nobody takes over what is a stranger's. */
function outcomeUnknown(): HttpError {
  return new HttpError('Conflict', { ...ACCOUNT, vendorCode: 'WITHOUT_REFERENCE' });
}

function noCandidate(found: 'unknown' | 'has-account'): Error {
  return found === 'unknown'
    ? rejected(
        'RequestRefused',
        'existingCustomer: there is no such customer without an account; correct customerNumber or zipCode, or leave it out for somebody new.',
      )
    : rejected(
        'AccountNotOurs',
        'existingCustomer: this customer has an account at Payway already, which is not ours to take over; have the person log in there.',
      );
}
