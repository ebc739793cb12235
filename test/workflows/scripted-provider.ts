import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityName, HostedActivities, IdentificationOutcome, OwnAccount } from '../../contract/activities.ts';
import { CHANGE_KINDS, type AccountChange } from '../../contract/change.ts';
import type { ListedAccount } from '../../contract/management.ts';
import { parseDuration } from '../../contract/duration.ts';
import type { Known } from '../../contract/account.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import { changed, holding, newAccount, noteOf, reading, remove, type ScriptedAccount } from './scripted-account.ts';

export const ALL: Capabilities = {
  kinds: ['single', 'business', 'family'],
  existingCustomers: true,
  emailVerified: 'read',
  resendVerification: true,
  confirmByCode: true,
  members: 'read',
  removeMember: true,
  identification: ['BANKID', 'MITID', 'FTN'],
  ssnMonitoring: true,
  watchlists: ['email', 'phone'],
  passwordReset: false,
  deactivate: true,
  remove: true,
  changes: [...CHANGE_KINDS],
  reads: ['account', 'address', 'customer'],
  lookups: ['customer'],
  listAccounts: true,
};

/** A provider in memory whose answers a test scripts. It says what a provider says; what really happened is in `effects`. */
export interface ScriptedProvider {
  activities: HostedActivities;
  /** All accounts, as the provider lists them. */
  listed: ListedAccount[];
  /** What happened, in order: `createAccount`, `inviteMember anna again`, … */
  effects: string[];
  /** Every attempt, also those that failed. */
  attempts: ActivityName[];
  /** Failures thrown before the effect, taken one by one (`undefined` lets a call pass); `forever` is thrown each time. */
  fail: (name: ActivityName, ...failures: (Error | undefined)[]) => void;
  failForever: (name: ActivityName, failure: Error | undefined) => void;
  /** The next call enters and then stays open until released, whoever cancels it: so does a change that a provider is making. */
  hold: (name: ActivityName) => { entered: Promise<void>; release: () => void };
  /** What the provider will say when it is looked at. */
  verified: boolean;
  verificationNeeded: boolean;
  accepted: Set<string>;
  eid: IdentificationOutcome | 'pending';
  ssns: (string | undefined)[];
  /** What each call of `createAccount` was told of those before it. */
  asked: Known[];
  /** What `removeAccount` was asked to take back. */
  removed: OwnAccount[];
  /** The address of each eID session that was opened. */
  identified: string[];
  /** The account as it stands. */
  account: ScriptedAccount;
  /** What `applyChange` answers. */
  applied: { proven: boolean; verificationNeeded: boolean };
  /** Sentences of `checkChange`: a kind that has one is refused. */
  refusals: Partial<Record<AccountChange['kind'], string>>;
}

export function permanent(type: string, message = 'fixed sentence'): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, type);
}

export function transient(type: string, nextRetryDelay?: number): ApplicationFailure {
  return ApplicationFailure.create({ message: 'fixed sentence', type, ...(nextRetryDelay && { nextRetryDelay }) });
}

export function scriptedProvider(capabilities: Partial<Capabilities> = {}): ScriptedProvider {
  const effects: string[] = [];
  const attempts: ActivityName[] = [];
  const queued = new Map<ActivityName, (Error | undefined)[]>();
  const forever = new Map<ActivityName, Error>();
  const holds = new Map<ActivityName, () => Promise<void>>();
  const sessionEnds = new Map<string, IdentificationOutcome>();
  let sessions = 0;
  const attempt = (name: ActivityName): void => {
    attempts.push(name);
    const failure = queued.get(name)?.shift() ?? forever.get(name);
    if (failure) throw failure;
  };
  const effect = (name: ActivityName, note = ''): void => {
    attempt(name);
    effects.push(`${name}${note && ` ${note}`}`);
  };
  const notYet = (pace: { firstPoll: string }): never => {
    throw ApplicationFailure.create({
      message: 'not yet',
      type: 'NotYet',
      category: ApplicationFailureCategory.BENIGN,
      nextRetryDelay: parseDuration(pace.firstPoll)!,
    });
  };
  const provider: ScriptedProvider = {
    effects,
    attempts,
    fail: (name, ...failures) => void queued.set(name, failures),
    failForever: (name, failure) => void (failure ? forever.set(name, failure) : forever.delete(name)),
    hold: (name) => {
      let release = (): void => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      const entered = new Promise<void>((resolve) => {
        holds.set(name, () => {
          resolve();
          return released;
        });
      });
      return { entered, release };
    },
    verified: false,
    verificationNeeded: true,
    accepted: new Set(),
    eid: 'pending',
    ssns: [],
    asked: [],
    removed: [],
    identified: [],
    account: newAccount(),
    listed: [],
    applied: { proven: true, verificationNeeded: true },
    refusals: {},
    activities: {
      checkRequest: async ({ request }) => {
        attempt('checkRequest');
        return { request, capabilities: { ...ALL, ...capabilities } };
      },
      checkUniqueness: async () => {
        attempt('checkUniqueness');
        return { uniqueness: 'free' };
      },
      createAccount: async ({ request, asked = 'no' }) => {
        provider.asked.push(asked);
        effect('createAccount');
        provider.ssns.push(request.person.ssn);
        const { verificationNeeded } = provider;
        return {
          accountId: `acc-${request.reference}`,
          created: true,
          ...(verificationNeeded ? {} : { verificationNeeded }),
        };
      },
      readAccount: async () => {
        attempt('readAccount');
        return reading(provider.account);
      },
      sendVerification: async () => {
        effect('sendVerification');
      },
      confirmEmail: async ({ code }) => {
        effect('confirmEmail');
        provider.verified ||= code === 'right';
        provider.account.emailVerified ||= code === 'right';
        return { confirmed: code === 'right' };
      },
      awaitEmailVerified: async (pace) => {
        attempt('awaitEmailVerified');
        return provider.verified ? { needed: true } : notYet(pace);
      },
      addMember: async ({ member }) => {
        effect('addMember', member.reference);
        provider.account.members = [...new Set([...(provider.account.members ?? []), member.reference])];
        return { memberId: `mem-${member.reference}` };
      },
      inviteMember: async ({ member, again }) => effect('inviteMember', `${member.reference}${again ? ' again' : ''}`),
      awaitMemberAccepted: async ({ memberId, ...pace }) => {
        attempt('awaitMemberAccepted');
        if (!provider.accepted.has(memberId.slice('mem-'.length))) notYet(pace);
      },
      removeMember: async ({ member }) => {
        effect('removeMember', member.reference);
        remove(provider.account, 'members', member.reference);
      },
      startIdentification: async ({ email }) => {
        effect('startIdentification');
        provider.identified.push(email);
        sessions += 1;
        return { identificationId: `eid-${sessions}`, link: `https://eid.example/${sessions}` };
      },
      awaitIdentification: async ({ identificationId, ...pace }) => {
        attempt('awaitIdentification');
        const outcome = sessionEnds.get(identificationId) ?? provider.eid;
        if (outcome === 'pending') return notYet(pace);
        // A session ends once and stays so; a cancelled look must not use the end up.
        if (!sessionEnds.has(identificationId) && outcome !== 'completed') provider.eid = 'pending';
        sessionEnds.set(identificationId, outcome);
        return { outcome };
      },
      enableSsnMonitoring: async () => {
        effect('enableSsnMonitoring');
        provider.account.ssnMonitoring = true;
        return { proven: true };
      },
      disableSsnMonitoring: async () => {
        effect('disableSsnMonitoring');
        provider.account.ssnMonitoring = provider.account.stuck;
        return { proven: true };
      },
      enrolWatchlist: async ({ item }) => effect('enrolWatchlist', item.kind),
      sendPasswordReset: async () => effect('sendPasswordReset'),
      deactivateAccount: async () => {
        effect('deactivateAccount');
        provider.account.active = false;
      },
      removeAccount: async (own) => {
        effect('removeAccount', own.accountId ? '' : 'by reference');
        provider.removed.push(own);
        provider.account.exists = provider.account.stuck;
      },
      findAccount: async ({ reference }) => {
        attempt('findAccount');
        const { exists, email, active } = provider.account;
        const shown = { active: active ? 'yes' : 'no', ...(email === undefined ? {} : { email }) } as const;
        return {
          capabilities: { ...ALL, ...capabilities },
          ...(exists ? { accountId: `acc-${reference}`, ...shown } : {}),
        };
      },
      checkChange: async ({ change }) => {
        attempt('checkChange');
        const sentence = provider.refusals[change.kind];
        if (sentence !== undefined) throw permanent('RequestRefused', sentence);
        return { change, capabilities: { ...ALL, ...capabilities } };
      },
      applyChange: async ({ change }) => {
        effect('applyChange', noteOf(change));
        return changed(provider, change);
      },
      awaitEmailChanged: async ({ email, ...pace }) => {
        attempt('awaitEmailChanged');
        if (provider.account.email !== email || !provider.account.emailVerified) notYet(pace);
      },
      listAccounts: async () => {
        attempt('listAccounts');
        return { accounts: provider.listed };
      },
      readDetail: async ({ accountId, what, by }) => {
        attempt('readDetail');
        const { email } = provider.account;
        return {
          detail: { ...(accountId && { id: accountId }), what, email, ...(by && { by }) },
          readAt: '2026-01-15T09:30:00.000Z',
        };
      },
      readHoldings: async () => {
        attempt('readHoldings');
        const { members, watchlistItems, ...account } = provider.account;
        return {
          ...reading(account),
          ...(members && { members: members.map((reference) => holding(reference, provider.accepted)) }),
          ...(watchlistItems && { watchlistItems: watchlistItems.map((value) => ({ kind: 'email', value }) as const) }),
        };
      },
    },
  };
  provider.activities = held(provider.activities, (name) => holds.get(name)?.());
  return provider;
}

/** Each of them waits first for whatever holds it. */
function held(activities: HostedActivities, open: (name: ActivityName) => Promise<void> | undefined): HostedActivities {
  const all = Object.entries(activities) as [ActivityName, (input: never) => Promise<unknown>][];
  const waiting = all.map(([name, call]) => {
    const waited = async (input: never): Promise<unknown> => {
      await open(name);
      return call(input);
    };
    return [name, waited];
  });
  return Object.fromEntries(waiting) as HostedActivities;
}
