import type { Known } from '../../../contract/account.ts';
import type { OwnAccount, ProviderActivities } from '../../../contract/activities.ts';
import { notTold, notYet } from '../../failure.ts';
import { ifThere, isHttpError } from '../../http/errors.ts';
import { not, proof } from '../../proof.ts';
import { accountBody } from '../body.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { foundAgain, isRemoved } from '../creation.ts';
import { isBorneOut, unlessAmbiguous } from '../errors.ts';
import {
  emailTaken,
  findOwn,
  isAddressTaken,
  isEmailFree,
  isOurs,
  isSsnTaken,
  mustBeOurs,
  refusal,
  ssnTaken,
} from '../lookup.ts';
import type { Account } from '../schemas.ts';
import { ACCOUNT, isConfirmed, readAccount } from '../read-account.ts';

type Steps = Pick<
  ProviderActivities,
  | 'checkUniqueness'
  | 'createAccount'
  | 'readAccount'
  | 'sendVerification'
  | 'awaitEmailVerified'
  | 'deactivateAccount'
  | 'removeAccount'
>;

export function accountSteps({ accounts }: DefentryClient, config: DefentryConfig): Steps {
  const v2 = config.routes === 'v2';

  return {
    async checkUniqueness({ request: { reference, person } }) {
      const own = await findOwn(accounts, reference);
      if (own) {
        mustBeOurs(own, person);
        return { uniqueness: 'ours' };
      }
      if (person.email && (await isEmailFree(accounts, person.email)) === 'no') throw emailTaken();
      if (person.ssn && (await isSsnTaken(accounts, person.ssn))) throw ssnTaken();
      return { uniqueness: 'free' };
    },

    async createAccount({ request }) {
      const { reference, person, kind } = request;
      const own = await findOwn(accounts, reference);
      if (own) return { accountId: mustBeOurs(own, person).id, created: false };
      try {
        const body = accountBody(request, config);
        const made = await (kind === 'business' ? accounts.createBusiness(body) : accounts.create(body));
        const look = () => findOwn(accounts, reference);
        const takeBack = (id: string) => isRemoved(accounts, id);
        const isMade = () => isAddressTaken(accounts, person);
        return { accountId: await foundAgain({ made, look, isMade, takeBack }), created: true };
      } catch (error) {
        if (!isHttpError(error, 'Conflict', 'Invalid')) throw error;
        // The clash may be with an earlier attempt of ours that was still under way at the first look.
        const landed = await findOwn(accounts, reference);
        if (landed) return { accountId: mustBeOurs(landed, person).id, created: false };
        throw await refusal(accounts, error, person);
      }
    },

    readAccount: ({ accountId }) => readAccount(accounts, accountId),

    async sendVerification({ accountId }) {
      try {
        await accounts.resendConfirmEmail(accountId);
      } catch (error) {
        // Confirmed already (section 9.8), if the account bears it out.
        if (!isHttpError(error, 'Conflict')) throw error;
        const confirmed = await isConfirmed(accounts, await accounts.get(accountId));
        if (!isBorneOut(error, confirmed)) throw unlessAmbiguous(error);
      }
    },

    async awaitEmailVerified({ accountId, ...poll }) {
      const account = await accounts.get(accountId);
      if (account.email === null || account.email === '') return { needed: false };
      const confirmed = await isConfirmed(accounts, account);
      if (confirmed === 'no') throw notYet('The e-mail address is not verified yet.', poll);
      if (confirmed === 'unknown') throw notTold('The account does not tell whether its address is confirmed.', poll);
      return { needed: true };
    },

    deactivateAccount: (own) =>
      onOwn(own, v2 ? accounts.deactivateV2 : accounts.deactivate, (account) => not(account?.active ?? 'no')),
    removeAccount: (own) => onOwn(own, accounts.remove, (account) => (account ? 'no' : 'yes')),
  };

  /** Done is what the account bears out, read back; also when it is gone. */
  async function onOwn(
    own: OwnAccount,
    act: (accountId: string) => Promise<void>,
    isDone: (account: Account | undefined) => Known,
  ): Promise<void> {
    const id = own.accountId ?? (await lookUp(own));
    if (id === undefined) return;
    await ifThere(act(id));
    proof(isDone(await ifThere(accounts.get(id))), ACCOUNT);
  }

  /** Somebody else's account under our reference is nothing of ours to take back. */
  async function lookUp({ reference, person }: OwnAccount): Promise<string | undefined> {
    const found = await findOwn(accounts, reference);
    return found && isOurs(found, person) ? found.id : undefined;
  }
}
