import type { OnboardingRequest } from '../../contract/request.ts';
import { eventually } from '../setup/eventually.ts';
import { sample } from '../setup/sample.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { act, effectsOf, remaining, type Effects } from './ledger.ts';
import { eidRequest, familyRequest, newPerson } from './requests.ts';

let deployment: Deployment;
beforeAll(async () => {
  deployment = await openDeployment({ defentry: { monitoringStarts: 'on-request' } });
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

const LOOK_UP = 'GET /api/v1/account/external-id/:external_id';

interface Case {
  at: string;
  /** These calls keep failing, so the run stays there; without any it waits for a person. */
  failing?: { route: string; when?: 'after' }[];
  /** Fails from then on, so that the run cannot learn what its lost call did. */
  blind?: string;
  request?: () => OnboardingRequest;
  confirmed?: boolean;
  /** Done before the cancel. */
  done: Effects;
}

const CREATED: Effects = { 'account.created': 1 };
const MEMBER: Effects = { ...CREATED, 'member.added': 1 };

const CASES: Case[] = [
  { at: 'checkUniqueness', failing: [{ route: LOOK_UP }], done: {} },
  { at: 'createAccount, before its effect', failing: [{ route: 'POST /api/v1/account' }], done: {} },
  {
    at: 'createAccount, after its effect',
    failing: [{ route: 'POST /api/v1/account', when: 'after' }],
    blind: LOOK_UP,
    done: CREATED,
  },
  {
    at: 'addMember',
    failing: [{ route: 'POST /api/v1/account/:account_id/member' }],
    done: CREATED,
  },
  {
    at: 'addMember, after its effect',
    failing: [{ route: 'POST /api/v1/account/:account_id/member', when: 'after' }],
    blind: 'GET /api/v1/account/:account_id/members',
    done: MEMBER,
  },
  { at: 'inviteMember', failing: [{ route: 'POST /api/v1/account/:account_id/invite' }], done: MEMBER },
  { at: 'verifyEmail', done: { ...MEMBER, 'invitation.sent': 1 } },
  {
    at: 'identify',
    request: () => eidRequest(),
    confirmed: true,
    done: { ...CREATED, 'eid.started': 1 },
  },
  {
    at: 'enableSsnMonitoring',
    failing: [{ route: 'PATCH /api/v1/account/:account_id/ssn-monitoring/activate', when: 'after' }],
    confirmed: true,
    done: { ...MEMBER, 'monitoring.on': 1 },
  },
  {
    at: 'enrolWatchlists',
    failing: [{ route: 'POST /api/v1/account/:account_id/phone-watchlist' }],
    confirmed: true,
    done: { ...MEMBER, 'watchlist.added': 1 },
  },
  { at: 'members', confirmed: true, done: { ...MEMBER, 'watchlist.added': 2 } },
];

test.each(sample(CASES, 3))(
  'cancelled at $at, nothing is left',
  async ({ failing = [], blind, request, confirmed, done }) => {
    const { sandbox, onboardings } = deployment;
    const faults = failing.map((each) => sandbox.faults.add({ kind: 'server-error', probability: 1, ...each }));
    const { provider, reference } = await onboardings.start((request ?? familyRequest)());
    if (confirmed) await act(sandbox, reference, 'confirm-email');
    await eventually('the run to be there', () => {
      const effects = effectsOf(sandbox, reference);
      const happened = Object.entries(done).every(([effect, times]) => effects[effect as keyof Effects] === times);
      return happened && faults.every(({ fired }) => fired > 0);
    });
    if (blind) {
      const blinded = sandbox.faults.add({ kind: 'server-error', probability: 1, route: blind });
      await eventually('a look in vain', () => blinded.fired > 0);
    }
    await onboardings.cancel(provider, reference);
    sandbox.faults.clear();
    await expect(onboardings.result(provider, reference)).rejects.toThrow('cancelled and undone');
    const {
      'account.created': accounts = 0,
      'member.added': members = 0,
      'account.deleted': deleted = 0,
    } = effectsOf(sandbox, reference);
    expect(remaining(sandbox, reference)).toEqual([]);
    expect(deleted).toBe(accounts + members);
  },
);

test('cancelled with policy deactivate, the account is off, its monitoring too, and the members stay', async () => {
  const { sandbox, onboardings } = deployment;
  const request = familyRequest({
    person: { ...newPerson(), ssn: '19900202-1234' },
    policy: { atAbort: 'deactivate' },
  });
  const { provider, reference } = await onboardings.start(request);
  await act(sandbox, reference, 'confirm-email');
  await eventually('the watchlists', () => effectsOf(sandbox, reference)['watchlist.added'] === 2);
  await onboardings.cancel(provider, reference);
  await expect(onboardings.result(provider, reference)).rejects.toThrow('cancelled and undone');
  expect(effectsOf(sandbox, reference)).toMatchObject({ 'account.deactivated': 1, 'monitoring.off': 1 });
  expect(remaining(sandbox, reference)).toEqual([reference, `${reference}.m1`]);
});
