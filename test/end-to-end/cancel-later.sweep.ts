import { randomUUID } from 'node:crypto';
import type { FaultInput } from '../../sandbox/core/fault.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { eventually } from '../setup/eventually.ts';
import { CRM, dataOf, sender, textOf, type Send } from '../sandbox/partner.ts';
import { sample } from '../setup/sample.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { accountOf, act, effectsOf, remaining, type Effects } from './ledger.ts';
import { endOf } from './live.ts';
import { familyRequest, newPerson, QUICK, singleRequest } from './requests.ts';

const ACCOUNT = '/api/v1/account/:account_id';
const LOOK_UP = 'GET /api/v1/account/external-id/:external_id';

interface Case {
  at: string;
  /** This call keeps failing, so the run stays there. */
  failing?: { route: string; when?: 'after' };
  /** Fails from the effect on, so that the run cannot learn what its lost call did. */
  blind?: string;
  /** Beyond the onboarding, before the cancel. */
  done: Effects;
}

const CHANGED: Effects = { 'email.changed': 1 };
const CHANGES: (Case & { after: Effects })[] = [
  { at: 'findAccount', failing: { route: LOOK_UP }, done: {}, after: {} },
  {
    at: 'checkChange',
    failing: { route: 'POST /api/v1/account/check-attribute-for-uniqueness' },
    done: {},
    after: {},
  },
  { at: 'applyChange, before its effect', failing: { route: `POST ${ACCOUNT}/change-email` }, done: {}, after: {} },
  {
    at: 'applyChange, after its effect',
    failing: { route: `POST ${ACCOUNT}/change-email`, when: 'after' },
    blind: `GET ${ACCOUNT}`,
    done: CHANGED,
    after: { 'email.changed': 2, 'account.activated': 1 },
  },
  { at: 'proveChange', done: CHANGED, after: { 'email.changed': 2, 'account.activated': 1 } },
];

const OFF: Effects = { 'account.deactivated': 1 };
const MEMBER: Effects = { ...OFF, 'account.deleted': 1 };
const ITEM: Effects = { ...MEMBER, 'watchlist.removed': 1 };
interface Offboarding extends Case {
  /** A family's, with everything, by default. */
  request?: () => OnboardingRequest;
  keepFor?: string;
  /** What the record lists: what is gone, and the step of which nobody can say. */
  removed: string[];
  step?: string;
  active: boolean;
}

const OFFBOARDINGS: Offboarding[] = [
  { at: 'findAccount', step: 'findAccount', failing: { route: LOOK_UP }, done: {}, removed: [], active: true },
  {
    at: 'deactivateAccount, after its effect',
    step: 'deactivateAccount',
    failing: { route: `POST ${ACCOUNT}/deactivate`, when: 'after' },
    done: OFF,
    removed: [],
    active: false,
  },
  { at: 'keepAccount', keepFor: 'P30D', done: OFF, removed: [], active: true },
  {
    at: 'removeMembers, after its effect',
    step: 'removeMembers',
    failing: { route: `DELETE ${ACCOUNT}`, when: 'after' },
    done: MEMBER,
    removed: ['access'],
    active: false,
  },
  {
    at: 'removeWatchlistItems',
    step: 'removeWatchlistItems',
    failing: { route: `DELETE ${ACCOUNT}/phone-watchlist/:item_id` },
    done: MEMBER,
    removed: ['access', 'member'],
    active: false,
  },
  {
    at: 'disableSsnMonitoring',
    step: 'disableSsnMonitoring',
    failing: { route: `PATCH ${ACCOUNT}/ssn-monitoring/deactivate` },
    done: ITEM,
    removed: ['access', 'member', 'watchlist-item'],
    active: false,
  },
  {
    at: 'removeAccount',
    step: 'removeAccount',
    request: () => singleRequest(),
    failing: { route: `DELETE ${ACCOUNT}` },
    done: OFF,
    removed: ['access'],
    active: false,
  },
];

let deployment: Deployment;
let crm: Send;
const customers = new Map<Case, OnboardingRequest>();

beforeAll(async () => {
  deployment = await openDeployment({ defentry: { monitoringStarts: 'on-request' } });
  crm = sender(deployment.url, textOf(await sender(deployment.url)('POST', '/api/v1/crm/auth/login', CRM), 'token'));
  const watchlists = [{ kind: 'phone', value: '+46701234567' }] as const;
  for (const each of CHANGES) customers.set(each, singleRequest());
  const family = () => familyRequest({ watchlists: [...watchlists] });
  for (const each of OFFBOARDINGS) customers.set(each, (each.request ?? family)());
  await Promise.all([...customers.values()].map(onboarded));
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

test.each(sample(CHANGES, 2))('a new address, cancelled at $at: the account is as before', async (given) => {
  const request = customers.get(given)!;
  const { provider, reference, person } = request;
  const { changes } = deployment.onboardings;
  const changeId = randomUUID();
  const change = { kind: 'change-email', email: newPerson().email } as const;
  const gained = await standsAt(given, reference, async () => {
    const policy = { emailChanged: QUICK.emailVerified, attention: QUICK.attention };
    await changes.request({ provider, reference, changeId, change, policy });
    if (given.at === 'proveChange') {
      await eventually('the wait', async () => (await changes.progress(provider, reference)).wait !== undefined);
    }
  });
  await changes.cancel(provider, reference);
  deployment.sandbox.faults.clear();
  expect(await changes.result(provider, reference, changeId)).toMatchObject({ status: 'aborted', code: 'Cancelled' });
  expect(await shown(reference)).toMatchObject({ email: person.email, is_active: true });
  const { 'mail.sent': _, ...effects } = gained();
  expect(effects).toEqual(given.after);
});

test.each(sample(OFFBOARDINGS, 2))(
  'an offboarding, cancelled at $at: the record says what is gone and what is not',
  async (given) => {
    const { provider, reference } = customers.get(given)!;
    const { done, removed, active, step, keepFor } = given;
    const { offboardings } = deployment.onboardings;
    const gained = await standsAt(given, reference, async () => {
      await offboardings.start({
        provider,
        reference,
        keepFor: keepFor ?? 'PT0S',
        policy: { attention: QUICK.attention },
      });
      if (keepFor) {
        await eventually('the wait', async () => (await offboardings.progress(provider, reference)).wait !== undefined);
      }
    });
    await offboardings.cancel(provider, reference);
    deployment.sandbox.faults.clear();
    const record = await offboardings.result(provider, reference);
    expect({ ...record, removed: record.removed.map(({ what }) => what) }).toMatchObject({
      outcome: step ? 'aborted' : 'brought-back',
      removed,
      remainder: step ? [{ step, code: 'Cancelled' }] : [],
    });
    expect(gained()).toEqual({ ...done, ...(step ? {} : { 'account.activated': 1 }) });
    expect(await shown(reference)).toMatchObject({ is_active: active });
    expect(remaining(deployment.sandbox, reference)).toContain(reference);
  },
);

/** Has the run come to where the case says, and answers what the ledger has gained since. */
async function standsAt({ failing, blind, done }: Case, reference: string, begin: () => Promise<void>) {
  const { sandbox } = deployment;
  const before = effectsOf(sandbox, reference);
  const gained = (): Effects => {
    const after = Object.entries(effectsOf(sandbox, reference));
    const times = after.map(([effect, count]) => [effect, count - (before[effect as keyof Effects] ?? 0)] as const);
    return Object.fromEntries(times.filter(([, count]) => count > 0));
  };
  const forever = (fault: { route: string; when?: 'after' }) =>
    sandbox.faults.add({ kind: 'server-error', probability: 1, ...fault } satisfies FaultInput);
  const fault = failing && forever(failing);
  await begin();
  await eventually('the run to be there', () => {
    const happened = Object.entries(done).every(([effect, times]) => gained()[effect as keyof Effects] === times);
    return happened && fault?.fired !== 0;
  });
  if (blind) {
    const blinded = forever({ route: blind });
    await eventually('a look in vain', () => blinded.fired > 0);
  }
  return gained;
}

/** The account as the provider shows it to anybody. */
async function shown(reference: string) {
  return dataOf(await crm('GET', `/api/v1/account/${accountOf(deployment.sandbox, reference)}`));
}

async function onboarded(request: OnboardingRequest): Promise<void> {
  const { reference, members = [] } = request;
  const ending = endOf(deployment, request, 'onboarding');
  await act(deployment.sandbox, reference, 'confirm-email');
  for (const { reference: member } of members) await act(deployment.sandbox, `${reference}.${member}`, 'invitation');
  expect(await ending).toBe('completed');
}
