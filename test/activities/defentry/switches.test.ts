import type { AccountChange } from '../../../contract/change.ts';
import type { DefentryOptionsInput } from '../../../sandbox/defentry/index.ts';
import { sample } from '../../setup/sample.ts';
import { MEMBER, POLL, SSN, closeDesks, failureOf, inActivity, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';

afterEach(closeDesks);

/** A customer's life, each step of it twice: created, confirmed, monitored, watched, with a member, changed, removed. */
async function live(desk: Desk): Promise<string[]> {
  const { steps, sandbox } = desk;
  const request = requestFor({ ssn: SSN, phone: '+46701234567' });
  const twice = async <T>(step: () => Promise<T>): Promise<T> => {
    await step();
    return step();
  };
  await steps.checkUniqueness({ request });
  const { accountId } = await twice(() => steps.createAccount({ request }));
  await twice(() => steps.sendVerification({ accountId }));
  desk.act('confirm-email');
  await steps.sendVerification({ accountId });
  await inActivity(() => steps.awaitEmailVerified({ accountId, ...POLL }));
  await twice(() => steps.enableSsnMonitoring({ accountId }));
  const item = { kind: 'drivers-license', value: '900101-1234' } as const;
  await twice(() => steps.enrolWatchlist({ accountId, item }));
  const added = { accountId, ownerReference: 'ref-1', member: MEMBER };
  const { memberId } = await twice(() => steps.addMember(added));
  const member = { accountId, memberId, member: MEMBER, again: false };
  await twice(() => steps.inviteMember(member));
  desk.act('invitation');
  await inActivity(() => steps.awaitMemberAccepted({ ...member, ...POLL }));
  const changes: AccountChange[] = [
    { kind: 'update-profile', profile: { firstName: 'Anne' } },
    { kind: 'upgrade-plan', planId: '3' },
    { kind: 'remove-watchlist-item', item },
    { kind: 'deactivate' },
    { kind: 'activate' },
  ];
  for (const change of changes) await twice(() => steps.applyChange({ accountId, ownerReference: 'ref-1', change }));
  await steps.listAccounts({});
  await steps.readHoldings({ accountId, ownerReference: 'ref-1' });
  await twice(() => steps.removeMember(added));
  await twice(() => steps.removeAccount({ reference: 'ref-1', accountId, person: request.person }));
  return sandbox.ledger.entries().map(({ effect }) => effect);
}

const LIFE = [
  'account.created',
  'ssn.written',
  'mail.sent',
  'mail.sent',
  'mail.sent',
  'email.confirmed',
  'account.activated',
  'monitoring.on',
  'watchlist.added',
  'member.added',
  'mail.sent',
  'invitation.sent',
  'invitation.accepted',
  'account.activated',
  'account.updated',
  'plan.changed',
  'watchlist.removed',
  'account.deactivated',
  'account.activated',
  'account.deleted',
  'account.deleted',
];

const PLANS = { 1: {}, 3: {} };

const TENANTS: [DefentryOptionsInput, Record<string, string>][] = [
  [{}, {}],
  [{ errorCodes: { 409: 'ALREADY_EXISTS', 500: 'INTERNAL' } }, {}],
  [{ validationStatus: 400 }, {}],
  [{ validationDetails: false }, {}],
  [{ legacyErrors: 1, legacyBooleans: 'word' }, {}],
  [{ externalIdField: 'reference' }, { DEFENTRY_EXTERNAL_ID_FIELD: 'reference' }],
  [{ idlessRoutes: 'crm' }, {}],
  [{ tokens: { concurrent: false } }, {}],
  [{ wrongToken: 401, codePlace: 'data', ssoUnknown: 401 }, {}],
  [{ ssnVisibility: 'full' }, {}],
  [{ ssnVisibility: 'masked', idType: 'string' }, {}],
  [{ uniqueness: 'unique' }, {}],
  [{ uniqueness: 'exists' }, {}],
  [{ uniqueness: 'is_taken' }, {}],
  [{ uniqueness: 'conflict' }, {}],
  [{ uniqueness: 'invalid' }, {}],
  [{ duplicates: 409 }, {}],
  [{ ssnLookup: 'id' }, {}],
  [{ ssnLookup: 'data' }, {}],
  [{ ssnLookupForms: 'as-created' }, {}],
  [{ lists: 'meta' }, {}],
  [{ lists: 'whole' }, {}],
  [{ lists: 'bare' }, {}],
  [{ activationStatus: 'status' }, {}],
  [{ activationStatus: 'activation_status' }, {}],
  [{ commandAnswers: 'nothing' }, {}],
  [{ confirmedResend: 409 }, {}],
  [{ resendStatus: 200 }, {}],
  [{ deleteStatus: 200, deleteFrees: false }, {}],
  [{ deleteStatus: 202 }, {}],
  [{ inviteBy: 'email' }, { DEFENTRY_INVITE_BY: 'email' }],
  [{ inviteBy: 'member_id' }, {}],
  [{}, { DEFENTRY_ROUTES: 'v2' }],
  [{ puts: 'replace' }, { DEFENTRY_ROUTES: 'v2' }],
  [{ watchlistDuplicates: 422 }, {}],
  [{ changedEmail: 'keeps-active' }, { DEFENTRY_CHANGED_EMAIL: 'keeps-active' }],
  [{ licenceWatchlist: 'driving-licence' }, { DEFENTRY_LICENCE_WATCHLIST: 'driving-licence' }],
  [{ hiddenFields: [] }, {}],
  [{ rateLimit: { calls: 1000, seconds: 60 } }, {}],
];

test.each(sample(TENANTS, 13))('a tenant with %j, told %j: each effect once', async (options, env) => {
  const desk = await openDesk({ monitoringStarts: 'on-request', plans: PLANS, ...options }, env);
  expect(await live(desk)).toEqual(LIFE);
});

test('a tenant that shows only ids and references: nothing is proven, and each look-up still finds', async () => {
  const hiddenFields = ['has_ssn', 'is_ssn_monitoring_active', 'email', 'plan_id', 'first_name', 'phone'];
  const desk = await openDesk({ monitoringStarts: 'on-request', plans: PLANS, hiddenFields });
  const accountId = await desk.account({ ssn: SSN });
  expect(await desk.steps.createAccount({ request: requestFor() })).toEqual({ accountId, created: false });
  expect(await desk.steps.enableSsnMonitoring({ accountId })).toEqual({ proven: false });
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({
    ssnPresent: 'unknown',
    ssnMonitoring: 'unknown',
  });
});

test.each<[string, DefentryOptionsInput, string]>([
  ['a wrong password', { credentials: { password: 'other' } }, 'Unauthorized'],
  ['a wrong password, told by 403', { credentials: { password: 'other' }, loginFailure: 403 }, 'Unauthorized'],
  ['a wrong password, told by 422', { credentials: { password: 'other' }, loginFailure: 422 }, 'Unauthorized'],
  ['an account that is not there', {}, 'NotFound'],
  ['an account that is not there, told by 403', { unknownAccount: 403 }, 'Forbidden'],
])('%s is what the vendor says it is', async (_, options, type) => {
  const { steps } = await openDesk(options);
  const look = steps.awaitEmailVerified({ accountId: '404', ...POLL });
  expect(await failureOf(look)).toMatchObject({ type });
});

test.each<[DefentryOptionsInput, string]>([
  [{ monitoringWithoutSsn: 409 }, 'Conflict'],
  [{ monitoringWithoutSsn: 422 }, 'Invalid'],
])('monitoring without an SSN is not tried again, with %j', async (options, type) => {
  const desk = await openDesk(options);
  const accountId = await desk.account();
  const failure = await failureOf(desk.steps.enableSsnMonitoring({ accountId }));
  expect(failure).toMatchObject({ type, nonRetryable: true });
});

test.each([409, 200] as const)(
  'the plan that the account has is no change, also where it is not shown (%i)',
  async (samePlan) => {
    const desk = await openDesk({ samePlan, hiddenFields: ['plan_id'] });
    const accountId = await desk.account();
    const change = { kind: 'upgrade-plan', planId: '1' } as const;
    expect(await desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change })).toEqual({ proven: false });
    expect(desk.count('plan.changed')).toBe(0);
  },
);

test('eID fields under other names are an adapter’s: the configured one says that the answer is not as promised', async () => {
  const desk = await openDesk({ eid: { redirectUrl: 'href' } });
  const accountId = await desk.account();
  const who = { email: 'anna@example.com', scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
  const failure = await failureOf(desk.steps.startIdentification({ accountId, ...who }));
  expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  expect(failure.message).toContain('redirect_url');
});
