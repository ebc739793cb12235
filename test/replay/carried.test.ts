import * as workflows from '../../workflows/index.ts';
import { growingPauses } from '../setup/pauses.ts';
import { startOwnServer } from '../setup/own-server.ts';
import { eventually, openSuite, type Suite } from '../workflows/suite.ts';
import { argumentsOf, carriedOf, hasCarried, writeCarried, type CarriedState } from './carried.ts';
import { CARRIED_PATHS, type CarriedPath } from './carried-paths.ts';

const missing = CARRIED_PATHS.filter(({ type }) => !hasCarried(type));
if (process.env.RECORD_HISTORIES === '1' && missing.length > 0) {
  const server = await startOwnServer({ 'limit.historyCount.suggestContinueAsNew': '8' });
  try {
    for (const path of missing) await record(path, server.address);
  } finally {
    await server.stop();
  }
}

/** Until a run has begun with the state of one that waited. */
async function record(path: CarriedPath, address: string): Promise<void> {
  const suite = await openSuite({}, { clock: 'real', address });
  const handle = await path.begin(suite);
  const pause = growingPauses();
  for (let number = 0; ; number += 1) {
    await path.nudge(handle, `forged-${number}`);
    await pause();
    const [input, state] = (await argumentsOf(suite, handle)) as [object, CarriedState['args'][1] | undefined];
    if (!state || !('wait' in state || 'phase' in state)) continue;
    const shown = await handle.query(path.query);
    writeCarried(path.type, { workflowId: handle.workflowId, args: [input, state], shown });
    break;
  }
  await handle.terminate();
  await suite.close();
}

it('each workflow that takes a carried state has one on record', () => {
  const continuing = Object.entries(workflows).filter(([, workflow]) => /\bcarried\b/.test(String(workflow)));
  expect(CARRIED_PATHS.map(({ type }) => type).toSorted()).toEqual(continuing.map(([type]) => type).toSorted());
});

describe.each(CARRIED_PATHS)('what $type carried', ({ type, query, drive, ended, needs }) => {
  let suite: Suite;
  beforeEach(async () => {
    suite = await openSuite({}, { clock: 'real' });
  });
  afterEach(() => suite.close());

  const open = ({ workflowId, args }: CarriedState) => {
    const { client, taskQueue } = suite.temporal;
    return client.workflow.start(type, { workflowId, taskQueue, args });
  };

  it('is opened, shows what it showed, and goes on to its end', async () => {
    const carried = carriedOf(type);
    const handle = await open(carried);
    expect(await handle.query(query)).toMatchObject(carried.shown as object);
    await drive(suite, handle);
    expect(await handle.result()).toMatchObject(ended);
  });

  it(`negative control: it is not opened when ${needs} has another name`, async () => {
    const { workflowId, args } = carriedOf(type);
    const state = Object.fromEntries(
      Object.entries(args[1]).map(([name, value]) => [name === needs ? `${needs}Anew` : name, value]),
    );
    const handle = await open({ workflowId: `${workflowId}-renamed`, args: [args[0], state], shown: undefined });
    const events = async () => (await handle.fetchHistory()).events!;
    const refused = await eventually(events, (all) => all.some((event) => event.workflowTaskFailedEventAttributes));
    expect(refused.some((event) => event.workflowExecutionCompletedEventAttributes)).toBe(false);
    await handle.terminate();
  });
});
