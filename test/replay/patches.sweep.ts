import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { patchesOf, recordedHistories, replayConverter, typeOf, type Recorded } from './histories.ts';

Runtime.install({
  logger: new DefaultLogger('ERROR', () => {}),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

interface Patch {
  id: string;
  /** The name by which the code calls it. */
  constant: string;
}

/** Every call of `patched` in the source of a module; one whose id cannot be read is an error. */
function patchesIn(source: string): Patch[] {
  return [...source.matchAll(/\bpatched\(([^)]*)\)/g)].map(([call, constant]) => {
    const id = new RegExp(`^const ${constant} = '([^']+)';$`, 'm').exec(source)?.[1];
    if (id === undefined) throw new Error(`${call}: name a constant of the same module that holds the patch's id.`);
    return { id, constant: constant! };
  });
}

const recorded = recordedHistories();
const patches = readdirSync('workflows', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => patchesIn(readFileSync(path.join('workflows', file), 'utf8')));
const took = ({ id }: Patch) => recorded.filter((each) => patchesOf(each).includes(id));

/** Of each type that has the patch: the runs that are older than it. */
const older = patches.flatMap((patch) =>
  [...new Set(took(patch).map(typeOf))].map((type) => ({
    ...patch,
    type,
    before: recorded.filter((each) => typeOf(each) === type && !patchesOf(each).includes(patch.id)),
  })),
);

/** Names of the histories that do not replay when the code goes the new side only, as if the patch had been taken out. */
async function broken({ constant }: Patch, histories: Recorded[]): Promise<string[]> {
  const bundle = readFileSync(process.env.TEST_WORKFLOW_BUNDLE!, 'utf8');
  const code = bundle.replaceAll(new RegExp(`\\(0,\\w+\\.patched\\)\\(${constant}\\)`, 'g'), 'true');
  expect(code).not.toBe(bundle);
  const options = { workflowBundle: { code }, dataConverter: replayConverter };
  const names: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (!error) continue;
    expect(error.name).toBe('DeterminismViolationError');
    names.push(histories.find((each) => each.workflowId === workflowId)!.name);
  }
  return names;
}

it.each(patches)('$id has a history of a run that has gone its new side', (patch) => {
  expect(took(patch)).not.toEqual([]);
});

it.each(older)(
  '$id cannot be taken out: a recorded $type that is older does not replay',
  async ({ before, ...patch }) => {
    expect(await broken(patch, before)).not.toEqual([]);
  },
);

describe('negative control', () => {
  it.each(patches)('a history that never comes to $id replays without it', async (patch) => {
    const far = recorded.filter(({ name }) => /^(completed-with-ssn|rejected)\./.test(name));
    expect(far).toHaveLength(2);
    expect(await broken(patch, far)).toEqual([]);
  });

  it('a patch that nobody has recorded is found', () => {
    const [patch] = patchesIn("const NEW = 'nobody-recorded-it';\nif (patched(NEW)) go();");
    expect(took(patch!)).toEqual([]);
  });

  it('a patch whose id cannot be read is an error', () => {
    expect(() => patchesIn("if (patched('in-place')) go();")).toThrow('name a constant');
  });
});
