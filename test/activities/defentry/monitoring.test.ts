import { SSN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';

afterEach(closeDesks);

const ACCOUNT = 'GET /api/v1/account/:account_id';
const PLAN = { DEFENTRY_MONITORING_FORBIDDEN: 'plan' };
const UNTOLD = { kind: 'schema-drift', route: ACCOUNT, body: { data: { id: 1 } } } as const;

describe('3.8: enableSsnMonitoring', () => {
  test('finds it on where it starts by itself, and switches nothing', async () => {
    const desk = await openDesk({ monitoringStarts: 'by-itself' });
    const accountId = await desk.account({ ssn: SSN });
    desk.sandbox.faults.add({
      kind: 'server-error',
      route: 'PATCH /api/v1/account/:account_id/ssn-monitoring/activate',
    });
    expect(await desk.steps.enableSsnMonitoring({ accountId })).toEqual({ proven: true });
  });

  test('is not proven where the account does not tell', async () => {
    const desk = await openDesk({ monitoringStarts: 'on-request' });
    const accountId = await desk.account({ ssn: SSN });
    desk.sandbox.faults.add({ ...UNTOLD, times: 2 });
    expect(await desk.steps.enableSsnMonitoring({ accountId })).toEqual({ proven: false });
    expect(desk.count('monitoring.on')).toBe(1);
  });

  test('is tried again when the read-back still says off', async () => {
    const desk = await openDesk({ monitoringStarts: 'on-request' });
    const accountId = await desk.account({ ssn: SSN });
    const body = { data: { id: 1, is_ssn_monitoring_active: false } };
    desk.sandbox.faults.add({ kind: 'schema-drift', route: ACCOUNT, body, times: 2 });
    const failure = await failureOf(desk.steps.enableSsnMonitoring({ accountId }));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(failure.message).toContain('READ_BACK_DIFFERS');
  });

  test.each([
    ['may be a missing permission and needs a person', {}, 'Forbidden'],
    ['needs a person as set', { DEFENTRY_MONITORING_FORBIDDEN: 'permission' }, 'Forbidden'],
    ['is a plan without it, and a rejection, where set so', PLAN, 'PlanWithoutMonitoring'],
  ])('2.3, 9.8: a 403 %s', async (_, env: Record<string, string>, type) => {
    const desk = await openDesk({}, env);
    const { accountId } = await desk.steps.createAccount({ request: requestFor({ ssn: SSN }, { planId: '2' }) });
    const failure = await failureOf(desk.steps.enableSsnMonitoring({ accountId }));
    expect(failure).toMatchObject({ type, nonRetryable: true });
  });

  test('without an SSN needs a person', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const failure = await failureOf(desk.steps.enableSsnMonitoring({ accountId }));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
  });
});

describe('5: enrolWatchlist', () => {
  test.each([409, 422] as const)(
    'a card that is there already is enrolled, although not shown (%i)',
    async (status) => {
      const desk = await openDesk({ watchlistDuplicates: status });
      const accountId = await desk.account();
      const item = { kind: 'credit-card', value: '4111 1111 1111 1111' } as const;
      for (const _ of [1, 2]) await desk.steps.enrolWatchlist({ accountId, item });
      expect(desk.count('watchlist.added')).toBe(1);
    },
  );

  test.each([409, 422] as const)('an item that is there already is enrolled (%i)', async (watchlistDuplicates) => {
    const desk = await openDesk({ watchlistDuplicates });
    const accountId = await desk.account();
    const enrol = () => desk.steps.enrolWatchlist({ accountId, item: { kind: 'email', value: 'w@example.com' } });
    await enrol();
    desk.sandbox.faults.add({
      kind: 'schema-drift',
      route: 'GET /api/v1/account/:account_id/email-watchlist',
      body: [],
    });
    await enrol();
    expect(desk.count('watchlist.added')).toBe(1);
  });

  test('a value the vendor refuses is invalid', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const failure = await failureOf(
      desk.steps.enrolWatchlist({ accountId, item: { kind: 'email', value: 'no address' } }),
    );
    expect(failure).toMatchObject({ type: 'Invalid', nonRetryable: true });
  });

  test('beyond the plan’s quota is forbidden', async () => {
    const desk = await openDesk({ plans: { 1: { watchlistItems: 0 } } });
    const accountId = await desk.account();
    const failure = await failureOf(
      desk.steps.enrolWatchlist({ accountId, item: { kind: 'phone', value: '+46701234567' } }),
    );
    expect(failure).toMatchObject({ type: 'Forbidden' });
  });
});
