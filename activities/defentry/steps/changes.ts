import type { AccountChange } from '../../../contract/change.ts';
import type { AppliedChange, ManagementActivities } from '../../../contract/management.ts';
import type { WatchlistItem } from '../../../contract/request.ts';
import { notTold, notYet, rejected } from '../../failure.ts';
import { unknownPassword } from '../../password.ts';
import { all, not, proof, shows, showsExactly } from '../../proof.ts';
import { refusedAs, applyAndProve } from '../../apply-and-prove.ts';
import type { ProvableChange } from '../../apply-and-prove.ts';
import { profileBody, wholeProfile } from '../body.ts';
import { WITHOUT_PHONE, brokenChangeRule } from '../change-rules.ts';
import type { DefentryClient } from '../client.ts';
import type { DefentryConfig } from '../config.ts';
import { changeEmail, isEmailChanged } from '../email.ts';
import { enrolled, listOf, withdraw } from '../enrolment.ts';
import { emailTaken, isEmailFree } from '../lookup.ts';
import type { Tenant } from '../rules.ts';
import type { Account } from '../schemas.ts';
import { ACCOUNT } from '../read-account.ts';
import { monitoringSteps } from './monitoring.ts';
import { watchlistSteps } from './watchlists.ts';

type Steps = Pick<ManagementActivities, 'checkChange' | 'applyChange' | 'awaitEmailChanged'>;

export function changeSteps(
  client: DefentryClient,
  tenant: Pick<DefentryConfig, 'changedEmail' | 'monitoringForbidden' | 'routes'> & Tenant,
): Steps {
  const { accounts, watchlists } = client;
  const v2 = tenant.routes === 'v2';
  const { enableSsnMonitoring, disableSsnMonitoring } = monitoringSteps(client, tenant);
  const { enrolWatchlist } = watchlistSteps(client);

  return {
    async checkChange({ accountId, change }) {
      const account = await accounts.get(accountId);
      const sentence = brokenChangeRule(change, account, tenant);
      if (sentence) throw rejected('RequestRefused', sentence);
      if (change.kind === 'change-email' && shows(account.email, change.email) !== 'yes') {
        if ((await isEmailFree(accounts, change.email)) === 'no') throw emailTaken('');
      }
      return { change, capabilities: tenant.capabilities };
    },

    applyChange: async ({ accountId, change }) => apply(accountId, change),

    async awaitEmailChanged({ accountId, email, ...poll }) {
      const changed = await isEmailChanged(accounts, accountId, email, tenant.changedEmail);
      if (changed === 'no') throw notYet('The new e-mail address is not confirmed yet.', poll);
      if (changed === 'unknown') throw notTold('The account does not tell whether its new address is confirmed.', poll);
    },
  };

  function apply(accountId: string, change: AccountChange): Promise<AppliedChange> {
    const proved = (provable: ProvableChange<Account>) =>
      applyAndProve({ ...ACCOUNT, get: accounts.get }, accountId, provable);
    switch (change.kind) {
      case 'change-email':
        return changeEmail(accounts, accountId, change.email, tenant.changedEmail);
      case 'delete-email':
        return proved({
          act: accounts.deleteEmail,
          isDone: ({ email }) => shows(email, null),
          refusal: refusedAs('email', WITHOUT_PHONE),
        });
      case 'change-supervisor':
        return proved({
          act: (id) => accounts.changeSupervisor(id, change.supervisorId),
          isDone: ({ supervisorId }) => shows(supervisorId, change.supervisorId),
          refusal: refusedAs(
            'supervisor_id',
            'supervisorId: Defentry knows no such supervisor; give the id of another one.',
          ),
        });
      case 'set-password':
        return proved({
          act: (id) => (v2 ? accounts.setPasswordV2 : accounts.setPassword)(id, unknownPassword()),
          isDone: () => 'unknown',
        });
      case 'upgrade-plan':
        return proved(toPlan(change.planId, accounts.upgrade));
      case 'downgrade-plan':
        return proved(toPlan(change.planId, accounts.downgrade));
      case 'update-profile': {
        const body = profileBody(change.profile);
        return proved({
          act: async (id) =>
            v2 ? accounts.updateV2(id, wholeProfile(await accounts.get(id), body)) : accounts.update(id, body),
          isDone: ({ profile }) => {
            const shown = new Map(Object.entries(profile));
            const compare = (field: string) => (field.endsWith('_name') ? showsExactly : shows);
            return all(Object.entries(body).map(([field, wanted]) => compare(field)(shown.get(field), wanted)));
          },
        });
      }
      case 'activate':
        return proved({ act: accounts.activate, isDone: ({ active }) => active });
      case 'deactivate':
        // An account that is not confirmed yet is inactive too, and a late click would activate it.
        return proved({
          act: v2 ? accounts.deactivateV2 : accounts.deactivate,
          isDone: ({ active }) => not(active),
          always: true,
        });
      case 'ssn-monitoring-on':
        return enableSsnMonitoring({ accountId });
      case 'ssn-monitoring-off':
        return disableSsnMonitoring({ accountId });
      case 'add-watchlist-item':
        return enrol(accountId, change.item);
      case 'remove-watchlist-item':
        return withdraw(watchlists, accountId, change.item);
      case 'change-rights':
      case 'add-member':
      case 'remove-member':
      case 'invite-member':
        break;
    }
    throw new TypeError(`${change.kind} is not applied here`);
  }

  async function enrol(accountId: string, item: WatchlistItem): Promise<AppliedChange> {
    await enrolWatchlist({ accountId, item });
    const { isThere } = await enrolled(watchlists, accountId, item);
    return proof(isThere, listOf(item));
  }
}

function toPlan(planId: string, move: (accountId: string, planId: number) => Promise<void>): ProvableChange<Account> {
  return {
    act: (accountId) => move(accountId, Number(planId)),
    isDone: (account) => shows(account.planId, planId),
    conflictMeansDone: true,
    refusal: refusedAs('plan_id', 'planId: Defentry knows no such plan; give the number of another one.'),
  };
}
