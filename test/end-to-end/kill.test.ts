import { OnboardingError } from '../../client/index.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import { eventually } from '../setup/eventually.ts';
import { CUSTOMER, WITH_MAPPING } from '../activities/tulo-payway/customers.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { act, effectsOf, remaining } from './ledger.ts';
import { endOf, type Asked } from './live.ts';
import { familyRequest, newPerson, singleRequest } from './requests.ts';

interface Case {
  name: string;
  request: OnboardingRequest;
  /** After the onboarding, if that is not what is asked for. */
  ask?: Asked;
  /** Its answer is held back after the effect. */
  route: string;
  effect: string;
  /** Of an effect on an account that does not carry our reference yet. */
  kind?: string;
  /** How often it happens until the end; once by default. */
  times?: number;
  /** The step comes after the e-mail is verified. */
  confirmed?: boolean;
  cancelled?: boolean;
  end?: string;
}

const ACCOUNT = '/api/v1/account/:account_id';
const WATCHED = { kind: 'phone', value: '+46701234567' } as const;
const payway = () => singleRequest({ provider: 'tulo-payway', person: newPerson() });
const customer = (customerNumber: string) => ({ ...payway(), existingCustomer: { customerNumber } });
/** Each with a product of its own, by which the ledger tells them apart before they carry a reference. */
const CUSTOMERS = ['A-1', 'A-2'].map((customer_number, index) => ({
  ...CUSTOMER,
  customer_number,
  social_security_number: `800610-823${index}`,
  products: [{ product_code: `paper of ${customer_number}`, valid_to: '2099-01-01T00:00:00Z' }],
}));
// In the party of the login, which may change rights there.
const facilioo = () => singleRequest({ provider: 'facilioo', person: newPerson(), holderId: '1' });

const ONBOARDINGS: Case[] = [
  { name: 'createAccount', route: 'POST /api/v1/account', effect: 'account.created', request: singleRequest() },
  { name: 'addMember', route: `POST ${ACCOUNT}/member`, effect: 'member.added', request: familyRequest() },
  { name: 'inviteMember', route: `POST ${ACCOUNT}/invite`, effect: 'invitation.sent', request: familyRequest() },
  {
    name: 'enableSsnMonitoring',
    route: `PATCH ${ACCOUNT}/ssn-monitoring/activate`,
    effect: 'monitoring.on',
    request: singleRequest({ ssnMonitoring: true }),
    confirmed: true,
  },
  {
    name: 'enrolWatchlist',
    route: `POST ${ACCOUNT}/phone-watchlist`,
    effect: 'watchlist.added',
    request: singleRequest({ watchlists: [WATCHED] }),
    confirmed: true,
  },
  {
    name: 'removeAccount of an undo',
    route: `DELETE ${ACCOUNT}`,
    effect: 'account.deleted',
    request: singleRequest(),
    cancelled: true,
    end: 'OnboardingCancelled',
  },
  {
    name: 'createAccount of an existing customer at Tulo Payway',
    route: 'POST /external/api/v1/account/activate_candidate',
    effect: 'product.activated',
    kind: 'paper of A-1',
    request: customer('A-1'),
  },
  {
    name: 'createAccount of an existing customer at Tulo Payway, our reference put on',
    route: 'POST /external/api/v1/identity_mapping',
    effect: 'external-id.written',
    request: customer('A-2'),
  },
  { name: 'createAccount at facilioo', route: 'POST /api/accounts', effect: 'account.created', request: facilioo() },
];

const LATER: (Case & { ask: Asked })[] = [
  {
    name: 'change-email',
    ask: { kind: 'change-email', email: newPerson().email },
    route: `POST ${ACCOUNT}/change-email`,
    effect: 'email.changed',
    request: singleRequest(),
  },
  {
    name: 'set-password',
    ask: { kind: 'set-password', by: 'generated' },
    route: `POST ${ACCOUNT}/password`,
    effect: 'password.set',
    request: singleRequest(),
    // Nobody knows either of them.
    times: 2,
    end: 'done NotReadable',
  },
  {
    name: 'remove-watchlist-item',
    ask: { kind: 'remove-watchlist-item', item: WATCHED },
    route: `DELETE ${ACCOUNT}/phone-watchlist/:item_id`,
    effect: 'watchlist.removed',
    request: singleRequest({ watchlists: [WATCHED] }),
  },
  {
    name: 'add-member',
    ask: { kind: 'add-member', member: { reference: 'm1', person: newPerson() } },
    route: `POST ${ACCOUNT}/member`,
    effect: 'member.added',
    request: singleRequest(),
  },
  {
    name: 'removeMembers of an offboarding',
    ask: 'offboarding',
    route: `DELETE ${ACCOUNT}`,
    effect: 'account.deleted',
    request: familyRequest({ ssnMonitoring: false, watchlists: [] }),
    times: 2, // the member's, and in the end its own
  },
  {
    name: 'disableSsnMonitoring of an offboarding',
    ask: 'offboarding',
    route: `PATCH ${ACCOUNT}/ssn-monitoring/deactivate`,
    effect: 'monitoring.off',
    request: singleRequest({ ssnMonitoring: true }),
  },
  {
    name: 'deactivateAccount of an offboarding',
    ask: 'offboarding',
    route: `POST ${ACCOUNT}/deactivate`,
    effect: 'account.deactivated',
    request: singleRequest(),
  },
  {
    name: 'removeAccount of an offboarding',
    ask: 'offboarding',
    route: `DELETE ${ACCOUNT}`,
    effect: 'account.deleted',
    request: singleRequest(),
  },
  {
    name: 'upgrade-plan at Tulo Payway',
    ask: { kind: 'upgrade-plan', planId: 'digital' },
    route: 'POST /external/api/v1/userproducts',
    effect: 'product.activated',
    request: payway(),
  },
  {
    name: 'removeAccount of an offboarding at Tulo Payway',
    ask: 'offboarding',
    route: 'DELETE /external/api/v1/accounts/archive',
    effect: 'account.archived',
    request: payway(),
  },
  {
    name: 'change-rights at facilioo',
    ask: { kind: 'change-rights', rights: { admin: true } },
    route: 'PATCH /api/accounts/:id',
    effect: 'rights.changed',
    request: facilioo(),
  },
];

const CASES: Case[] = [...ONBOARDINGS, ...LATER];

let deployment: Deployment;
const before = new Map<string, number>();
const endings = new Map<string, string>();
/** The one whose creation takes longer than the silence after which a call counts as lost. */
let slow: { ending: string; calls: number };

// One kill in the middle of all of them, because the server needs a while to notice that a worker is gone.
beforeAll(async () => {
  const env = Object.fromEntries(
    ['DEFENTRY', 'TULO_PAYWAY', 'FACILIOO'].map((name) => [`${name}_TIMEOUT_MS`, '110000']),
  );
  deployment = await openDeployment({
    defentry: { monitoringStarts: 'on-request' },
    others: { tuloPayway: { candidates: CUSTOMERS } },
    env: { ...env, ...WITH_MAPPING },
  });
  const { sandbox, onboardings, startWorker, workers } = deployment;
  await Promise.all(LATER.map(({ request }) => onboarded(request)));
  const ends: Promise<string>[] = [];
  for (const { name, request, ask = 'onboarding', route, confirmed, cancelled } of CASES) {
    const { provider, reference } = request;
    const vendor = deployment.sandboxOf(provider);
    const count = () => effectOf(name) - (before.get(name) ?? 0);
    before.set(name, effectOf(name));
    const held = vendor.faults.add({ kind: 'delay', when: 'after', ms: 120_000, route });
    ends.push(endOf(deployment, request, ask).catch(codeOf));
    if (confirmed) await act(sandbox, reference, 'confirm-email');
    if (cancelled) {
      await eventually('the account', () => effectsOf(sandbox, reference)['account.created']);
      await onboardings.cancel(provider, reference);
    }
    await eventually(`${name} held after its effect`, () => held.fired === 1 && count() === 1);
  }
  await workers[0]!.stop('SIGKILL');
  for (const { request } of CASES) deployment.sandboxOf(request.provider).faults.clear();
  await startWorker();
  const calls = sandbox.faults.add({ kind: 'drop', probability: 0, route: CASES[0]!.route });
  sandbox.faults.add({ kind: 'delay', ms: 17_000, route: CASES[0]!.route });
  const slowOne = singleRequest();
  const slowEnd = endOf(deployment, slowOne, 'onboarding').catch(codeOf);
  for (const { request, ask, confirmed, cancelled } of CASES) {
    // Nobody accepts before the call was made again, so that a second invitation would be sent.
    if (!ask && request.members) await acceptOnceInvited(request.reference);
    const confirms = typeof ask === 'object' ? ask.kind === 'change-email' : !ask && !confirmed && !cancelled;
    // After a click nobody could tell whether the account had been inactive: the call that is made again would ask a person.
    if (ask && confirms) await untilNewAddressAwaited(request.reference);
    if (confirms && request.provider === 'defentry') await act(sandbox, request.reference, 'confirm-email');
  }
  await act(sandbox, slowOne.reference, 'confirm-email');
  for (const [index, { name }] of CASES.entries()) endings.set(name, await ends[index]!);
  slow = { ending: await slowEnd, calls: calls.matched };
});
afterAll(() => deployment.close());

test.each(CASES)(
  'killed between the effect and the report of $name, the next worker goes on and $effect has happened as often as it must',
  ({ name, ask, times = 1, request, cancelled, end }) => {
    const { sandbox } = deployment;
    const wanted = ask === undefined ? 'completed' : ask === 'offboarding' ? 'removed' : 'done';
    expect(endings.get(name)).toBe(end ?? wanted);
    expect(effectOf(name) - before.get(name)!).toBe(times);
    if (request.provider !== 'defentry') return;
    const members =
      request.members || (typeof ask === 'object' && ask.kind === 'add-member') ? [`${request.reference}.m1`] : [];
    const isGone = cancelled || ask === 'offboarding';
    expect(remaining(sandbox, request.reference)).toEqual(isGone ? [] : [request.reference, ...members]);
  },
);

test('a call that only takes long is not taken for a lost one', () => {
  expect(slow).toEqual({ ending: 'completed', calls: 1 });
});

function effectOf(name: string): number {
  const { request, effect, kind } = CASES.find((one) => one.name === name)!;
  const vendor = deployment.sandboxOf(request.provider);
  if (kind !== undefined) return vendor.ledger.entries({ effect, kind }).length;
  return effectsOf(vendor, request.reference)[effect] ?? 0;
}

async function onboarded(request: OnboardingRequest): Promise<void> {
  const { provider, reference, members = [] } = request;
  const vendor = deployment.sandboxOf(provider);
  const ending = endOf(deployment, request, 'onboarding');
  if (provider === 'defentry') await act(vendor, reference, 'confirm-email');
  if (provider === 'tulo-payway') await act(vendor, reference, 'verify-email');
  for (const { reference: member } of members) await act(vendor, `${reference}.${member}`, 'invitation');
  expect(await ending).toBe('completed');
}

async function untilNewAddressAwaited(reference: string): Promise<void> {
  await eventually('the wait for the new address', async () => {
    const { wait } = await deployment.onboardings.changes.progress('defentry', reference);
    return wait?.for === 'emailChanged';
  });
}

async function acceptOnceInvited(reference: string): Promise<void> {
  const { sandbox, onboardings } = deployment;
  await eventually('the member’s run waiting for the acceptance', async () => {
    const { steps } = await onboardings.memberProgress('defentry', reference, 'm1');
    return steps.some(({ name, status }) => name === 'memberAccepted' && status === 'waiting');
  });
  await act(sandbox, `${reference}.m1`, 'invitation');
}

function codeOf(error: unknown): string {
  return error instanceof OnboardingError ? error.code : String(error);
}
