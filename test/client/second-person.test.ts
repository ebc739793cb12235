import { OnboardingClient, type DecisionResult } from '../../client/index.ts';
import { ConfirmationNeeded, OnboardingEnded, RequestInvalid } from '../../client/errors.ts';
import { openCommandSuite, type CommandSuite } from '../cli/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { cancelled, errorOf, reset, singleRequest } from './suite.ts';

const SKIP = { action: 'abort', reason: 'the customers have left', by: 'ada' } as const;

let suite: CommandSuite;
let careful: OnboardingClient;
let references: string[];
beforeAll(async () => {
  suite = await openCommandSuite(undefined, { clock: 'real', fourEyesAbove: 0 });
  const { client, taskQueue } = suite.temporal;
  careful = new OnboardingClient(client, { taskQueue, fourEyesAbove: 1 });
});
beforeEach(async () => {
  reset(suite);
  suite.provider.failForever('createAccount', permanent('Conflict'));
  const requests = [singleRequest(), singleRequest()];
  for (const request of requests) await suite.onboardings.start(request);
  references = requests.map(({ reference }) => reference);
  await eventually(hanging, (found) => found.length === 2);
});
afterEach(async () => {
  for (const reference of references) {
    await cancelled(suite.onboardings, reference).catch((error: unknown) => {
      if (!(error instanceof OnboardingEnded)) throw error;
    });
  }
});
afterAll(() => suite.close());

/** What a dry run finds of this test's own. */
async function hanging(): Promise<DecisionResult[]> {
  const found = await Promise.all(
    references.map((reference) => suite.onboardings.operator.decideAll({ provider: 'defentry', reference }, SKIP)),
  );
  return found.flatMap(({ results }) => results);
}

const decide = async (which: readonly DecisionResult[], by = 'ada', confirm?: string) =>
  careful.operator.decideAll(which, { ...SKIP, by }, { dryRun: false, ...(confirm !== undefined && { confirm }) });

async function asked(which: readonly DecisionResult[]): Promise<string> {
  const error = await errorOf(decide(which));
  expect(error).toBeInstanceOf(ConfirmationNeeded);
  return (error as ConfirmationNeeded).confirm;
}

test('the first asks and nothing is done; the second confirms by the id, and both are on record', async () => {
  const found = await hanging();
  const id = await asked(found);
  expect((await hanging()).length).toBe(2);
  const { results } = await decide(found.toReversed(), 'bo', id);
  expect(results.map(({ result }) => result)).toEqual(['decided', 'decided']);
  const [decision] = await suite.onboardings.decisions('defentry', references[0]!);
  expect(decision).toMatchObject({ action: 'abort', by: 'ada, confirmed by bo' });
});

test('one at a time needs nobody, nor do many without the setting', async () => {
  const found = await hanging();
  expect((await decide(found.slice(0, 1))).results).toMatchObject([{ result: 'decided' }]);
  const alone = await suite.onboardings.operator.decideAll(found.slice(1), SKIP, { dryRun: false });
  expect(alone.results).toMatchObject([{ result: 'decided' }]);
});

test.each<[string, (found: DecisionResult[], id: string) => Promise<unknown>]>([
  ['the first again', (found, id) => decide(found, 'ada', id)],
  ['an id of nobody', (found) => decide(found, 'bo', 'bm9ib2R5')],
  ['an id that was altered', (found, id) => decide(found, 'bo', `${id.slice(0, -6)}AAAAAA`)],
  [
    'another choice of runs',
    (found, id) => decide([...found, { ...found[0]!, run: { ...found[0]!.run, runId: 'x' } }], 'bo', id),
  ],
  [
    'another decision',
    (found, confirm) =>
      careful.operator.decideAll(found, { ...SKIP, by: 'bo', action: 'retry' }, { dryRun: false, confirm }),
  ],
  [
    'one without a name',
    (found) => careful.operator.decideAll(found, { action: 'abort', reason: 'x' }, { dryRun: false }),
  ],
])('refused, and nothing is done: %s', async (_, again) => {
  const found = await hanging();
  expect(await errorOf(again(found, await asked(found)))).toBeInstanceOf(RequestInvalid);
  expect((await hanging()).length).toBe(2);
});

test('the command: --confirm', async () => {
  const [reference] = references;
  const all = ['resolve', '--all', 'abort', '--reason', 'gone', '--reference', reference!, '--yes'];
  const first = await suite.onboard([...all, '--by', 'ada']);
  expect(first.code).toBe(4);
  const [, id] = /"confirm": (\S+)/.exec(first.stderr) ?? [];
  expect((await suite.onboard([...all, '--by', 'ada', '--confirm', id!])).code).toBe(2);
  expect(await suite.onboard([...all, '--by', 'bo', '--confirm', id!])).toMatchObject({ code: 0 });
});

test('changes that mend findings, too', async () => {
  const finding = { kind: 'monitoring', code: 'x', reference: 'c-1', repair: 'ssn-monitoring-on' } as never;
  const change = {
    provider: 'defentry',
    changeId: 'repair-x',
    change: { kind: 'ssn-monitoring-on' },
    by: 'ada',
  } as never;
  const repairs = [1, 2].map(() => ({ finding, change }));
  const first = careful.reconciliations.repairAll(repairs).next();
  expect(await errorOf(first)).toBeInstanceOf(ConfirmationNeeded);
});
