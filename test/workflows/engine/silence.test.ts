import { STAGE } from '../../../contract/search-attributes.ts';
import { callsOf, timersOf } from '../../setup/history.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';

const MINUTE = 60_000;
let suite: Suite;
afterEach(() => suite.close());

// A call that nobody takes is waited for in real time, whatever the run's clock: nearly two minutes.
it('keeps silent for a while where an attempt may still be under way, and shows a step that nobody takes', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  // Nobody works for this provider here.
  const { handle, id } = await suite.start({ provider: 'facilioo' });
  await eventually(
    () => callsOf(handle),
    (calls) => calls > 0,
  );
  await suite.temporal.fastForward(id, 1.1 * MINUTE);
  await eventually(
    () => handle.describe(),
    ({ typedSearchAttributes }) => typedSearchAttributes.get(STAGE) === 'checkRequest',
  );
  expect(await timersOf(handle)).toEqual([15]);
  await suite.temporal.fastForward(id, MINUTE);
  await eventually(
    () => callsOf(handle),
    (calls) => calls === 2,
  );
  await handle.terminate();
});
