import { emailVerified, memberAccepted, resolve } from '../../contract/messages.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { AccountEvent } from '../../contract/runs.ts';
import type { ReconcileInput } from '../../contract/reconciliation.ts';
import { mixed, type ReconciliationSuite } from '../workflows/reconciliation/reconciliations.ts';
import { permanent, transient } from '../workflows/scripted-provider.ts';
import type { Onboarding, Suite } from '../workflows/suite.ts';

/** One way through the workflows. Its histories are recorded once per released version and replayed ever after. */
export interface Path {
  name: string;
  capabilities?: Partial<Capabilities>;
  request: Partial<OnboardingRequest>;
  prepare?: (suite: Suite) => void;
  drive?: (run: Onboarding, suite: Suite) => Promise<void>;
  /** Children whose histories are recorded too. */
  members?: string[];
}

const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
const withSsn = { ...person, ssn: '19900101-1234' };
const slow = { firstPoll: 'P5D', maxPoll: 'P5D' };
const identification = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
const anna = { reference: 'anna', person: { ...person, email: 'anna@example.com' } };

export const PATHS: Path[] = [
  {
    name: 'completed-with-ssn',
    request: { person: withSsn, ssnMonitoring: true, watchlists: [{ kind: 'email', value: 'ada@example.com' }] },
    prepare: ({ provider }) => void (provider.verified = true),
  },
  {
    name: 'completed-with-eid-and-member',
    request: { kind: 'family', members: [anna], identification, ssnMonitoring: true },
    prepare: ({ temporal }) => void (temporal.startClock = 'real'),
    drive: async (run, { provider }) => {
      await run.until((story) => story.wait?.for === 'emailVerified');
      await run.handle.signal(emailVerified, { eventId: 'forged' });
      await run.untilMember('anna', (story) => story.wait !== undefined);
      provider.accepted.add('anna');
      await run.handle.signal(memberAccepted, { eventId: 'accepted', member: 'anna' });
      await run.until((story) => story.members[0]?.status === 'accepted');
      provider.verified = true;
      provider.eid = 'completed';
      await run.handle.signal(emailVerified, { eventId: 'clicked' });
    },
    members: ['anna'],
  },
  { name: 'expired', request: { policy: { emailVerified: slow } } },
  {
    name: 'gap-at-identification',
    request: { identification, ssnMonitoring: true, policy: { identification: slow } },
    prepare: ({ provider }) => void (provider.verified = true),
  },
  {
    name: 'rejected',
    request: { person: withSsn, ssnMonitoring: true },
    prepare: ({ provider }) => {
      provider.verified = true;
      provider.fail('enableSsnMonitoring', permanent('PlanWithoutMonitoring'));
    },
  },
  {
    name: 'attention-then-retry',
    request: {},
    prepare: ({ provider, temporal }) => {
      temporal.startClock = 'real';
      provider.verified = true;
      provider.fail('createAccount', permanent('Invalid'));
    },
    drive: async (run) => {
      await run.until(({ attention }) => attention !== undefined);
      await run.handle.executeUpdate(resolve, { args: [{ step: 'createAccount', action: 'retry' }] });
    },
  },
  {
    name: 'cancelled-with-member',
    request: { kind: 'family', members: [anna] },
    prepare: ({ temporal }) => void (temporal.startClock = 'real'),
    drive: async (run) => {
      await run.untilMember('anna', (story) => story.wait !== undefined);
      await run.handle.cancel();
    },
    members: ['anna'],
  },
  {
    name: 'cancelled-leaving-member',
    request: { kind: 'family', members: [anna], policy: { atAbort: 'keep' } },
    prepare: ({ temporal }) => void (temporal.startClock = 'real'),
    drive: async (run) => {
      await run.untilMember('anna', (story) => story.wait !== undefined);
      await run.handle.cancel();
    },
    members: ['anna'],
  },
  {
    name: 'undo-incomplete',
    request: {},
    prepare: ({ provider }) => {
      provider.fail('awaitEmailVerified', permanent('EmailTaken'));
      provider.failForever('removeAccount', permanent('Conflict'));
    },
  },
];

/** One way an event from outside may go. The history of its onboarding, which is searchable by the account, is kept with it. */
export interface DeliveryPath {
  name: string;
  /** What the provider says from the start: the onboarding ends by itself before the event comes. */
  verified?: boolean;
  event: (run: Onboarding) => Pick<AccountEvent, 'kind'> & Partial<AccountEvent>;
  /** The hour of looking passes at once. */
  unmatched?: boolean;
}

export const DELIVERIES: DeliveryPath[] = [
  {
    name: 'event-by-account',
    event: ({ reference }) => ({ kind: 'emailVerified', accountId: `acc-${reference}` }),
  },
  { name: 'event-by-reference', event: ({ reference }) => ({ kind: 'emailVerified', reference }) },
  { name: 'event-of-nobody', event: () => ({ kind: 'accountChanged', accountId: 'nobody' }), unmatched: true },
  { name: 'event-too-late', verified: true, event: ({ reference }) => ({ kind: 'eidCompleted', reference }) },
];

/** One way a reconciliation may go. */
export interface ReconciliationPath {
  name: string;
  input?: Partial<ReconcileInput>;
  prepare: (suite: ReconciliationSuite) => void;
}

export const RECONCILIATIONS: ReconciliationPath[] = [
  { name: 'reconciled-all', prepare: mixed },
  { name: 'reconciled-one', input: { reference: 'unmonitored' }, prepare: mixed },
  { name: 'reconciled-agreed', input: { reference: 'well-2' }, prepare: mixed },
  { name: 'reconciled-unheard-of', input: { reference: 'nobodys' }, prepare: mixed },
  {
    name: 'reconciled-without-list',
    prepare: (suite) => {
      mixed(suite);
      suite.listAccounts = false;
    },
  },
  {
    name: 'reconciled-until-stopped',
    prepare: (suite) => {
      mixed(suite);
      suite.failures.set('*', transient('Unavailable'));
    },
  },
];
