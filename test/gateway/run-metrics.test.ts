import { Registry } from 'prom-client';
import { measureRuns } from '../../gateway/observe/run-metrics.ts';
import { eventually } from '../setup/eventually.ts';
import { openClientSuite, singleRequest, type ClientSuite } from '../client/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
afterAll(() => suite.close());

const BOTH = [
  'onboarding_runs_attention{provider="defentry",step="createAccount"}',
  'onboarding_runs_open{provider="defentry",type="onboarding"}',
  'onboarding_runs_waiting{provider="defentry",waiting_for="operator"}',
];

test('metrics tell how many runs are open, wait, need a person, are stuck and have ended', async () => {
  suite.provider.failForever('createAccount', permanent('Conflict'));
  const requests = [singleRequest(), singleRequest()];
  for (const request of requests) await suite.onboardings.start(request);
  const registry = new Registry();
  measureRuns(registry, suite.onboardings, 0);
  // The counts of one round are of different moments.
  const figures = await eventually('both runs in the figures', async () => {
    const found = await figuresOf(registry);
    return BOTH.every((series) => (found.get(series) ?? 0) >= 2) && found;
  });
  expect(figures.has('onboarding_runs_waiting{provider="facilioo",waiting_for="emailVerified"}')).toBe(true);
  expect(figures.has('onboarding_runs_stuck{provider="defentry"}')).toBe(true);
  expect(figures.has('onboarding_runs_ended{provider="defentry",outcome="completed"}')).toBe(true);
  expect([...figures.keys()].join()).not.toContain(requests[0]!.reference);
  for (const { reference } of requests) await suite.onboardings.cancel('defentry', reference);
});

test('while Temporal does not answer there are no figures', async () => {
  const registry = new Registry();
  let answers = true;
  const count = async () => {
    if (!answers) throw new Error('no answer');
    return 1;
  };
  measureRuns(registry, { count }, 0);
  await eventually('figures', async () => (await figuresOf(registry)).size > 0);
  answers = false;
  expect(await eventually('no figures', async () => (await figuresOf(registry)).size === 0)).toBe(true);
});

async function figuresOf(registry: Registry): Promise<Map<string, number>> {
  const lines = (await registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}
