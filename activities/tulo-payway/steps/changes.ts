import type { AccountChange } from '../../../contract/change.ts';
import type { AppliedChange, ManagementActivities } from '../../../contract/management.ts';
import { notYet, rejected } from '../../failure.ts';
import { all, shows, showsExactly } from '../../proof.ts';
import { applyAndProve } from '../../apply-and-prove.ts';
import { profileBody } from '../body.ts';
import { capabilitiesWith } from '../capabilities.ts';
import { brokenChangeRule } from '../change-rules.ts';
import type { TuloPaywayClient } from '../client.ts';
import type { TuloPaywayConfig } from '../config.ts';
import { changeEmail, isEmailChanged } from '../email.ts';
import { showsMobile } from '../fields.ts';
import { emailTaken, isEmailTaken } from '../lookup.ts';
import { passwordChanges } from '../password.ts';
import { plans } from '../plans.ts';
import type { ProfileBody } from '../resources/bodies.ts';
import type { Account } from '../schemas.ts';
import { ACCOUNT } from '../read-account.ts';
import { subscriptions } from '../subscriptions.ts';

type Steps = Pick<ManagementActivities, 'checkChange' | 'applyChange' | 'awaitEmailChanged'>;

export function changeSteps(client: TuloPaywayClient, config: TuloPaywayConfig): Steps {
  const { accounts } = client;
  const { brokenRule, moveTo } = plans(client, config);
  const { running } = subscriptions(client, config);
  const { generate, mail } = passwordChanges(client, config);
  const get = (id: string) => accounts.get({ id });

  return {
    async checkChange({ accountId, change }) {
      const account = await get(accountId);
      const sentence = brokenChangeRule(change, account) ?? (await brokenHere(accountId, change));
      if (sentence) throw rejected('RequestRefused', sentence);
      if (change.kind === 'change-email' && shows(account.email, change.email) !== 'yes') {
        if (await isEmailTaken(accounts, change.email)) throw emailTaken('');
      }
      return { change: inVendorForms(change), capabilities: capabilitiesWith(config) };
    },

    applyChange: async ({ accountId, change }) => apply(accountId, change),

    async awaitEmailChanged({ accountId, email, ...poll }) {
      if (await isEmailChanged(client, config, accountId, email)) return;
      throw notYet('The new e-mail address is not confirmed yet.', poll);
    },
  };

  /** Rules about what hangs on the account. */
  async function brokenHere(accountId: string, change: AccountChange): Promise<string | undefined> {
    if (change.kind === 'upgrade-plan' || change.kind === 'downgrade-plan') return brokenRule(accountId, change.planId);
    return change.kind === 'add-member' && (await running(accountId)).length === 0 ? NOTHING_TO_SHARE : undefined;
  }

  function apply(accountId: string, change: AccountChange): Promise<AppliedChange> {
    switch (change.kind) {
      case 'change-email':
        return changeEmail(client, config, accountId, change.email);
      case 'set-password':
        return change.by === 'generated' ? generate(accountId) : mail(accountId);
      case 'upgrade-plan':
      case 'downgrade-plan':
        return moveTo(accountId, change.planId);
      case 'update-profile': {
        const body = profileBody(change.profile);
        return applyAndProve({ ...ACCOUNT, get }, accountId, {
          act: (id) => accounts.update(id, body),
          isDone: (account) => holds(account, body),
        });
      }
      case 'delete-email':
      case 'change-supervisor':
      case 'change-rights':
      case 'activate':
      case 'deactivate':
      case 'ssn-monitoring-on':
      case 'ssn-monitoring-off':
      case 'add-watchlist-item':
      case 'remove-watchlist-item':
      case 'add-member':
      case 'remove-member':
      case 'invite-member':
        break;
    }
    throw new TypeError(`${change.kind} is not applied here`);
  }
}

const NOTHING_TO_SHARE =
  'kind: Payway shares a running subscription with members, and the account has none; give it one by upgrade-plan first.';

function inVendorForms(change: AccountChange): AccountChange {
  if (change.kind !== 'update-profile' || change.profile.phone === undefined) return change;
  const phone = profileBody(change.profile).mobile_phone_number;
  return { ...change, profile: { ...change.profile, ...(phone === undefined ? {} : { phone }) } };
}

function holds({ profile }: Account, { first_name, last_name, mobile_phone_number }: ProfileBody) {
  return all([
    ...(first_name === undefined ? [] : [showsExactly(profile.first_name, first_name)]),
    ...(last_name === undefined ? [] : [showsExactly(profile.last_name, last_name)]),
    ...(mobile_phone_number === undefined ? [] : [showsMobile(profile.mobile_phone_number, mobile_phone_number)]),
  ]);
}
