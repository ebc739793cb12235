import { ApplicationFailure } from '@temporalio/common';
import { reconciliationProgress } from '../../../contract/messages.ts';
import { add, mixed, openReconciliations, type ReconciliationSuite } from './reconciliations.ts';
import { permanent, transient } from '../scripted-provider.ts';

let suite: ReconciliationSuite;
beforeAll(async () => {
  suite = await openReconciliations();
});
beforeEach(() => {
  Object.assign(suite, { beliefs: [], accounts: [], listAccounts: true, onRead: () => {} });
  suite.failures.clear();
});
afterAll(() => suite.close());

const WANTED = [
  ['missing', 'NoAccount', 'gone'],
  ['monitoring-off', 'SwitchedOff', 'unmonitored'],
  ['monitoring-on', 'SwitchedOn', 'monitored'],
  ['half-done', 'Inactive', 'inactive'],
  ['member', 'MemberMissing', 'lost-member'],
  ['foreign', 'NoRun', 'nobodys'],
  ['foreign', 'OtherAccount', 'well-1'],
];

test('finds each difference between our runs and the provider, page by page', async () => {
  mixed(suite);
  const run = await suite.start();
  const report = await run.result();
  expect(report.findings.map(({ kind, code, reference }) => [kind, code, reference])).toEqual(WANTED);
  expect(report).toMatchObject({
    provider: 'defentry',
    outcome: 'differences',
    unlisted: 0,
    foreignSought: true,
    retention: 86_400,
    counts: {
      known: 9,
      agreed: 3,
      differing: 5,
      undecided: 1,
      listed: 10,
      unclaimed: 1,
      findings: {
        missing: 1,
        foreign: 2,
        'half-done': 1,
        'monitoring-off': 1,
        'monitoring-on': 1,
        member: 1,
        unreadable: 0,
      },
    },
  });
  expect(await run.outcome()).toBe('differences');
  expect(JSON.stringify(report)).not.toContain('example.com');
  expect(await run.handle.query(reconciliationProgress)).toMatchObject({ phase: 'ended', pages: 10 });
});

test('says that all agrees', async () => {
  add(suite, 'well-1');
  const run = await suite.start();
  expect(await run.result()).toMatchObject({
    outcome: 'agreed',
    findings: [],
    counts: { known: 1, agreed: 1, listed: 1 },
  });
  expect(await run.outcome()).toBe('agreed');
});

test('rests between two pages for as long as the policy says', async () => {
  for (const reference of ['a', 'b', 'c', 'd', 'e']) add(suite, reference);
  suite.listAccounts = false;
  const { result, handle } = await suite.start({ policy: { pause: 'PT10M' } });
  await result();
  const { startTime, closeTime } = await handle.describe();
  const minutes = (closeTime!.getTime() - startTime.getTime()) / 60_000;
  // Three pages of accounts, and the look whether there is a list.
  expect(Math.round(minutes)).toBe(30);
});

test('seeks no foreign account where the provider has no list, and says so', async () => {
  add(suite, 'nobodys', { belief: false });
  suite.listAccounts = false;
  const report = await (await suite.start()).result();
  expect(report).toMatchObject({ outcome: 'agreed', foreignSought: false, counts: { listed: 0 } });
});

describe('of one account', () => {
  test.each([
    ['gone', ['missing/NoAccount']],
    ['nobodys', ['foreign/NoRun']],
    ['well-1', []],
    ['unheard-of', []],
  ])('%s', async (reference, wanted) => {
    mixed(suite);
    const report = await (await suite.start({ reference })).result();
    expect(report.findings.map(({ kind, code }) => `${kind}/${code}`)).toEqual(wanted);
    expect(report.reference).toBe(reference);
    expect(report.counts.listed).toBe(0);
  });
});

test('takes nothing for a difference while a run changes the account', async () => {
  add(suite, 'changing', { belief: { ssnMonitoring: 'yes' } });
  suite.onRead = () => {
    suite.beliefs = suite.beliefs.map((belief) => ({
      ...belief,
      ssnMonitoring: 'no',
      asOf: '2026-11-02T00:00:00.000Z',
    }));
  };
  const report = await (await suite.start()).result();
  expect(report).toMatchObject({ outcome: 'agreed', findings: [], counts: { known: 1, agreed: 0, undecided: 1 } });
});

test('lists an account that cannot be read, and goes on', async () => {
  mixed(suite);
  suite.failures.set('acc-well-2', permanent('ContractViolation'));
  const report = await (await suite.start()).result();
  expect(report.findings).toContainEqual(
    expect.objectContaining({ kind: 'unreadable', code: 'ContractViolation', reference: 'well-2' }),
  );
  expect(report.findings).toHaveLength(WANTED.length + 1);
});

test('ends early when the provider stays away, with what it has', async () => {
  mixed(suite);
  suite.onRead = (accountId) => {
    // The two of the second page are read at the same time.
    if (['acc-unmonitored', 'acc-well-2'].includes(accountId)) suite.failures.set('*', transient('Unavailable'));
  };
  const run = await suite.start({ policy: { readWithin: 'PT30M' } });
  const report = await run.result();
  expect(report).toMatchObject({ outcome: 'stopped', counts: { known: 4, listed: 0 } });
  // The last attempt may still be under way when the time is over.
  expect(['Unavailable', 'TimedOut']).toContain(report.code);
  expect(report.findings.map(({ kind, reference }) => `${kind}/${reference}`)).toEqual([
    'missing/gone',
    'unreadable/unmonitored',
    'unreadable/well-2',
  ]);
  expect(await run.outcome()).toBe('stopped');
  const minutes = (Date.parse(report.endedAt) - Date.parse(report.startedAt)) / 60_000;
  expect(minutes).toBeGreaterThan(28);
});

test('a list that cannot be read is no list without foreign accounts', async () => {
  add(suite, 'well-1');
  suite.failures.set('the list', permanent('Forbidden'));
  const report = await (await suite.start()).result();
  expect(report).toMatchObject({ outcome: 'stopped', code: 'Forbidden', foreignSought: true });
});

test.each([{ provider: 'acme' as never }, { reference: 'a b' }, { policy: { pause: 'soon' } }])(
  'started by hand with %j it ends at once',
  async (input) => {
    const { result } = await suite.start(input);
    await expect(result()).rejects.toMatchObject({ cause: expect.any(ApplicationFailure) });
  },
);
