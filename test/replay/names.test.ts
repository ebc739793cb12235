import { readFileSync } from 'node:fs';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { EDITS, edited, notReplaying, ofPaths } from './edits.ts';
import { recordedHistories } from './histories.ts';
import { forgotten, namesIn, namesOn, unrecorded } from './names.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR', () => {}),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

const bundle = readFileSync(process.env.TEST_WORKFLOW_BUNDLE!, 'utf8');
const histories = await namesOn(recordedHistories());

it('each name that workflows register, call or show occurs in a recorded history', () => {
  expect(unrecorded(namesIn(bundle), histories)).toEqual([]);
});

it('each name in a recorded history is one that workflows still have', () => {
  expect(forgotten(namesIn(bundle), histories)).toEqual([]);
});

it.each(EDITS)('negative control: $name', async ({ paths, change }) => {
  const recorded = ofPaths(paths);
  expect(recorded).not.toEqual([]);
  expect(await notReplaying(bundle, recorded)).toEqual([]);
  expect(await notReplaying(edited(bundle, change), recorded)).not.toEqual([]);
});
