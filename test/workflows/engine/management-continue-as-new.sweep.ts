import { emailVerified } from '../../../contract/messages.ts';
import { startOwnServer, type OwnServer } from '../../setup/own-server.ts';
import { changesOf, newEmail, type Changes } from '../change/changes.ts';
import { offboard } from '../offboarding/offboardings.ts';
import { openSuite, type Suite } from '../suite.ts';

const CHANGED = 'applyChange change-email new@example.com';
const BACK = 'applyChange change-email ada@example.com';
let server: OwnServer;
let suite: Suite;
beforeAll(async () => {
  server = await startOwnServer({ 'limit.historyCount.suggestContinueAsNew': '20' });
});
afterAll(() => server.stop());
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real', address: server.address });
});
afterEach(() => suite.close());

/** Each forged report costs history, so the run has to continue as new, again and again, while it waits. */
async function manyRuns(changes: Changes): Promise<void> {
  const runs = new Set<string>();
  for (let number = 0; runs.size < 3; number += 1) {
    await changes.handle.signal(emailVerified, { eventId: `forged-${number}` });
    runs.add((await changes.handle.describe()).runId);
  }
}

it('loses nothing of a change over many runs: deadline, queue, what was asked for, who asked before', async () => {
  const changes = changesOf(suite);
  await changes.ask({ kind: 'activate' });
  await changes.ask(newEmail, { changeId: 'address' });
  const first = await changes.until(({ wait }) => wait !== undefined);
  await changes.ask({ kind: 'upgrade-plan', planId: '2' });
  await manyRuns(changes);
  const later = await changes.until(({ wait }) => wait !== undefined);
  expect(later.wait).toEqual(first.wait);
  expect(await changes.ask(newEmail, { changeId: 'address', ifBusy: 'refuse' })).toBe(0);
  suite.provider.account.emailVerified = true;
  await changes.handle.signal(emailVerified, { eventId: 'clicked' });
  const ended = (await changes.result()).map(({ kind, status }) => `${kind} ${status}`);
  expect(ended.slice(-2)).toEqual(['change-email done', 'upgrade-plan done']);
  expect(suite.provider.effects).toEqual(['applyChange activate', CHANGED, 'applyChange upgrade-plan']);
});

it('sets the old address back that a run before the continue-as-new had read', async () => {
  const changes = changesOf(suite);
  await changes.ask(newEmail);
  await changes.until(({ wait }) => wait !== undefined);
  await manyRuns(changes);
  await changes.until(({ wait }) => wait !== undefined);
  await changes.handle.cancel();
  await expect(changes.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
  expect(suite.provider.effects).toEqual([CHANGED, BACK, 'applyChange activate']);
});

it('keeps count in an offboarding over many runs, and removes nothing twice', async () => {
  const members = ['anna', 'bo', 'cy', 'di'];
  Object.assign(suite.provider.account, { members, watchlistItems: ['a@example.com'], ssnMonitoring: true });
  const run = await offboard(suite, { keepFor: 'PT2S' });
  const first = (await run.handle.describe()).runId;
  const { outcome, removed } = await run.result();
  expect((await run.handle.describe()).runId).not.toBe(first);
  expect(outcome).toBe('removed');
  expect(removed.map(({ what, count }) => `${what} ${count}`)).toEqual([
    'access 1',
    'member 4',
    'watchlist-item 1',
    'ssn-monitoring 1',
    'account 1',
  ]);
  expect(suite.provider.effects).toHaveLength(8);
});
