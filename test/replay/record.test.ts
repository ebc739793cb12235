import { readFileSync } from 'node:fs';
import { memberId } from '../../contract/ids.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import { DELIVER_EVENT, ONBOARD_CUSTOMER, ONBOARD_MEMBER, RECONCILE } from '../../contract/messages.ts';
import type { Clock } from '../setup/time-skipping.ts';
import { deliver } from '../workflows/event/deliveries.ts';
import { openSuite, type Suite } from '../workflows/suite.ts';
import { record, recordedHistories, replayConverter } from './histories.ts';
import { openReconciliations } from '../workflows/reconciliation/reconciliations.ts';
import { MANAGEMENT_PATHS } from './management-paths.ts';
import { MESSAGE_PATHS } from './message-paths.ts';
import { DELIVERIES, PATHS, RECONCILIATIONS } from './paths.ts';
import { TROUBLE_PATHS } from './trouble-paths.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const present = new Set(recordedHistories().map(({ name }) => name));

/** `RECORD_HISTORIES=1 npm test -- test/replay` records what this version has not recorded yet. */
const recording = process.env.RECORD_HISTORIES === '1';

it.each(PATHS)('$name has its histories on record for this version', async ({ name, capabilities, ...path }) => {
  const members = path.members ?? [];
  const types = [ONBOARD_CUSTOMER, ...members.map(() => ONBOARD_MEMBER)];
  const missing = await missingOf(name, types, capabilities, async (suite) => {
    path.prepare?.(suite);
    const run = await suite.start(path.request);
    await path.drive?.(run, suite);
    await run.result().catch(() => undefined);
    return [run.id, ...members.map((member) => memberId('defentry', run.reference, member))];
  });
  expect(missing).toEqual([]);
});

it.each([...MANAGEMENT_PATHS, ...MESSAGE_PATHS, ...TROUBLE_PATHS])(
  '$name has its histories on record for this version',
  async (path) => {
    expect(await missingOf(path.name, path.types, path.capabilities, path.drive)).toEqual([]);
  },
);

it.each(DELIVERIES)('$name has its histories on record for this version', async ({ name, event, ...path }) => {
  const drive = async (suite: Suite): Promise<string[]> => {
    suite.provider.verified = path.verified ?? false;
    const run = await suite.start();
    await (path.verified ? run.result() : run.until((story) => story.wait !== undefined));
    const delivery = await deliver(suite, event(run), path.unmatched ? 'skip' : 'real');
    await delivery.result();
    suite.provider.verified = true;
    await deliver(suite, { kind: 'emailVerified', reference: run.reference });
    return [run.id, delivery.handle.workflowId];
  };
  expect(await missingOf(name, [ONBOARD_CUSTOMER, DELIVER_EVENT], undefined, drive, 'real')).toEqual([]);
});

/** Names of the histories that are not on record, after recording them when asked to. `drive` answers an id for each of the types, and a run id behind it where not the newest is meant. */
async function missingOf(
  name: string,
  types: string[],
  capabilities: Partial<Capabilities> | undefined,
  drive: (suite: Suite) => Promise<string[]>,
  clock: Clock = 'skip',
): Promise<string[]> {
  const wanted = types.map((type) => `${name}.${type}.${version}`);
  if (recording && wanted.some((each) => !present.has(each))) {
    const suite = await openSuite(capabilities, { dataConverter: replayConverter, clock });
    const { client } = suite.temporal;
    for (const [index, id] of (await drive(suite)).entries()) {
      const [workflowId, runId] = id.split(' ') as [string, string?];
      await client.workflow
        .getHandle(workflowId)
        .result()
        .catch(() => undefined);
      await record(client, wanted[index]!, workflowId, runId);
    }
    await suite.close();
  }
  const now = recordedHistories().map((each) => each.name);
  return wanted.filter((each) => !now.includes(each));
}

it.each(RECONCILIATIONS)('$name has its history on record for this version', async ({ name, input, prepare }) => {
  const wanted = `${name}.${RECONCILE}.${version}`;
  if (recording && !present.has(wanted)) {
    const suite = await openReconciliations({ dataConverter: replayConverter });
    prepare(suite);
    const run = await suite.start(input);
    await run.result();
    await record(suite.temporal.client, wanted, run.handle.workflowId);
    await suite.close();
  }
  expect(recordedHistories().map((history) => history.name)).toContain(wanted);
});
