import { randomUUID } from 'node:crypto';
import { eventually } from '../workflows/suite.ts';
import { openClientSuite, type ClientSuite } from './suite.ts';

/** More than a page of anything that looks at the newest runs only. */
const LATER = 11;

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
afterAll(() => suite.close());

test('the same change again is not made again, however many runs of changes came after it', async () => {
  const { changes } = suite.onboardings;
  const account = { provider: 'defentry', reference: `c-${randomUUID()}` } as const;
  const make = async (changeId: string) => {
    await changes.request({ ...account, changeId, change: { kind: 'upgrade-plan', planId: '2' } });
    await eventually(
      () => changes.get(account.provider, account.reference),
      ({ status }) => status === 'completed',
    );
  };
  await make('first');
  for (let later = 1; later <= LATER; later += 1) await make(`later-${later}`);
  const made = suite.provider.effects.length;
  await make('first');
  expect(suite.provider.effects).toHaveLength(made);
  expect(await changes.result(account.provider, account.reference, 'first')).toMatchObject({ status: 'done' });
});
