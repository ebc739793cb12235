import { readFileSync } from 'node:fs';
import { renamings } from './edits.ts';
import { recordedHistories } from './histories.ts';
import { forgotten, namesIn, namesOn, unrecorded } from './names.ts';

const bundle = readFileSync(process.env.TEST_WORKFLOW_BUNDLE!, 'utf8');
const histories = await namesOn(recordedHistories());

it.each(renamings(bundle))('negative control: $kind $name has another name', ({ kind, name, code }) => {
  const after = namesIn(code());
  expect(unrecorded(after, histories)).toContain(`${kind} ${name}Anew`);
  expect(forgotten(after, histories)).toContain(`${kind} ${name}`);
});
