import { openSuite, type Suite } from '../suite.ts';
import { REPLAYS, trusting } from './bound.ts';

const attacks = Object.entries(REPLAYS);

describe.each<[string, boolean]>([
  ['refused', false],
  ['negative control: taken by workflows that do not look', true],
])('what was sealed by us and is sent again is %s', (_, taken) => {
  let suite: Suite;
  beforeAll(async () => {
    suite = await openSuite({}, { clock: 'real', ...(taken && { workflowBundle: trusting() }) });
  });
  afterAll(() => suite.close());

  test.each(attacks)('%s', async (_name, attack) => {
    expect(await attack(suite)).toBe(taken);
  });
});
