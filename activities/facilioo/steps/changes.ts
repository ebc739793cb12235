import type { Known } from '../../../contract/account.ts';
import type { Rights } from '../../../contract/change.ts';
import type { ManagementActivities } from '../../../contract/management.ts';
import { rejected } from '../../failure.ts';
import { all } from '../../proof.ts';
import { applyAndProve } from '../../apply-and-prove.ts';
import { flagsBody } from '../body.ts';
import { capabilitiesWith } from '../capabilities.ts';
import { brokenChangeRule, brokenRightsRule } from '../change-rules.ts';
import type { FaciliooClient } from '../client.ts';
import type { FaciliooConfig } from '../config.ts';
import { ifReadable } from '../lookup.ts';
import { FLAGS } from '../resources/accounts.ts';
import type { AccountFlags } from '../resources/accounts.ts';
import type { Account } from '../schemas.ts';
import { ACCOUNT } from '../read-account.ts';
import { partyOf } from './party.ts';

type Steps = Pick<ManagementActivities, 'checkChange' | 'applyChange'>;

export function changeSteps(client: FaciliooClient, config: FaciliooConfig): Steps {
  const { accounts } = client;
  const party = partyOf(client, config);

  return {
    async checkChange({ accountId, change }) {
      const sentence =
        brokenChangeRule(change, config) ??
        (change.kind === 'change-rights' ? await brokenHere(accountId, change.rights) : undefined);
      if (sentence) throw rejected('RequestRefused', sentence);
      return { change, capabilities: capabilitiesWith(config) };
    },

    async applyChange({ accountId, change }) {
      if (change.kind !== 'change-rights') throw new TypeError(`${change.kind} is not applied here`);
      const flags = flagsBody(change.rights);
      return applyAndProve({ ...ACCOUNT, get: accounts.get }, accountId, {
        act: (id) => accounts.patch(id, flags),
        isDone: (account) => holds(account, flags),
      });
    },
  };

  /** Rules about the account, its party and this login; what stands as it is asked for needs no permission. */
  async function brokenHere(accountId: string, rights: Rights): Promise<string | undefined> {
    const account = await accounts.get(accountId);
    if (holds(account, flagsBody(rights)) === 'yes') return undefined;
    const login = await ifReadable(accounts.myself());
    const partyType = rights.supervisor && account.partyId != null ? await party.typeOf(account.partyId) : undefined;
    return brokenRightsRule(rights, { account, login, partyType });
  }
}

function holds(account: Account, flags: AccountFlags): Known {
  const said = FLAGS.filter((flag) => flags[flag] !== undefined).map((flag): Known => {
    if (account[flag] == null) return 'unknown';
    return account[flag] === flags[flag] ? 'yes' : 'no';
  });
  return all(said);
}
