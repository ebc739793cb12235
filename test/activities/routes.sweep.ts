import diagnostics from 'node:diagnostics_channel';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import type { ProviderName } from '../../contract/request.ts';
import { OnboardingClient } from '../../client/index.ts';
import { onboardOffline } from '../cli/suite.ts';
import type { ContractCase } from './contract.ts';
import type { ReadingCase } from './readings.ts';
import type { Ready } from './ready.ts';
import { named, ofEachList, routeOf, routesUnder, tableUnder, written } from './routes.ts';
import type { Reached, RouteEntry } from './routes.ts';

const DOCUMENT = 'docs/account-management.md';
const document = readFileSync(DOCUMENT, 'utf8');

interface Participant {
  CASES: ContractCase[];
  READINGS: ReadingCase[];
  REACHED: Reached[];
  closeDesks: () => Promise<void>;
}

const PARTICIPANTS: Record<ProviderName, Participant & { heading: string }> = {
  defentry: {
    heading: 'Defentry',
    ...(await import('./defentry/cases.ts')),
    ...(await import('./defentry/readings.ts')),
    ...(await import('./defentry/reached.ts')),
  },
  'tulo-payway': {
    heading: 'Tulo Payway',
    ...(await import('./tulo-payway/cases.ts')),
    ...(await import('./tulo-payway/readings.ts')),
    ...(await import('./tulo-payway/reached.ts')),
  },
  facilioo: {
    heading: 'facilioo',
    ...(await import('./facilioo/cases.ts')),
    ...(await import('./facilioo/readings.ts')),
    ...(await import('./facilioo/reached.ts')),
  },
};

/** What the client asks for meanwhile, for example `GET /api/accounts/7`. */
async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
  const calls: string[] = [];
  const hear = (message: unknown): void => {
    const { method, path } = (message as { request: { method: string; path: string } }).request;
    calls.push(`${method} ${path.split('?', 1)[0]}`);
  };
  diagnostics.subscribe('undici:request:create', hear);
  try {
    // That it asks is what counts here, not the answer.
    await Promise.allSettled([work()]);
  } finally {
    diagnostics.unsubscribe('undici:request:create', hear);
  }
  return calls;
}

/** Of each step, by the first word of its case's name, what it asks the provider for when nothing is in its way. */
async function callsBySteps({ CASES, READINGS, REACHED }: Participant): Promise<Map<string, Set<string>>> {
  const seen = new Map<string, Set<string>>();
  const add = async (step: string, work: () => Promise<unknown>): Promise<void> => {
    const calls = await callsOf(work);
    seen.set(step, new Set([...(seen.get(step) ?? []), ...calls]));
  };
  for (const { name, arrange } of [...CASES, ...READINGS]) {
    const ready: Ready & { happen?: () => void } = await arrange();
    ready.happen?.();
    const [step] = /^\w+/.exec(name)!;
    // What one reads is named by itself below.
    if (step !== 'readDetail') await add(step, ready.step);
  }
  for (const [step, arrange] of REACHED) await add(step, await arrange());
  return seen;
}

describe.each(Object.entries(PARTICIPANTS))('%s', (provider, participant) => {
  const { heading, closeDesks } = participant;
  const entries = routesUnder(document, heading);
  const logins = document
    .split(`\n## ${heading}\n`)[1]!
    .split('\n')
    .find((line) => line.startsWith('Logins: '))!;
  let bySteps: Map<string, Set<string>>;
  let uncalled: string[];

  beforeAll(async () => {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    bySteps = await callsBySteps(participant);
    const { result } = await session.post('Profiler.takePreciseCoverage');
    uncalled = [];
    await session.post('Debugger.enable');
    for (const { scriptId, functions } of result.filter(({ url }) =>
      url.includes(`/activities/${provider}/resources/`),
    )) {
      const { scriptSource } = await session.post('Debugger.getScriptSource', { scriptId });
      const ranges = functions.flatMap((each) => each.ranges.slice(0, 1)).filter(({ count }) => count === 0);
      uncalled.push(...ranges.map(({ startOffset, endOffset }) => scriptSource.slice(startOffset, endOffset)));
    }
    session.disconnect();
    await closeDesks();
  });

  test('the document says of every route which steps and reads ask for it, as the sandbox sees them', () => {
    const routes = [...entries.map(({ route }) => route), ...named(logins)];
    const seen = new Map<string, Set<string>>(entries.map(({ route }) => [route, new Set()]));
    const strange: string[] = [];
    for (const [step, calls] of bySteps) {
      for (const call of calls) {
        const route = routeOf(routes, call);
        if (route === undefined) strange.push(`${step}: ${call}`);
        else seen.get(route)?.add(ofEachList(route, step));
      }
    }
    expect(strange).toEqual([]);
    const found = entries.map((entry) => ({ ...entry, asking: [...seen.get(entry.route)!].toSorted() }));
    if (process.env['RECORD_ROUTES']) record(entries, found);
    expect(entries).toEqual(found);
    // A route that nobody asks for is not written.
    expect(found.filter(({ asking }) => asking.length === 0)).toEqual([]);
  });

  test('every method of the client is called by a step or a read', () => {
    expect(uncalled).toEqual([]);
  });
});

/** Writes the entries anew. */
function record(entries: RouteEntry[], found: RouteEntry[]): void {
  const page = entries.reduce(
    (text, entry, index) => text.replace(written(entry), () => written(found[index]!)),
    readFileSync(DOCUMENT, 'utf8'),
  );
  writeFileSync(DOCUMENT, page);
}

describe('workflows', () => {
  /** By the histories of recorded runs. */
  function recordedCalls(): Map<string, Set<string>> {
    const calls = new Map<string, Set<string>>();
    for (const file of readdirSync('test/replay/histories')) {
      const workflow = file.split('.')[1]!;
      const history = readFileSync(`test/replay/histories/${file}`, 'utf8');
      for (const [, activity] of history.matchAll(/"activityType":\{"name":"(\w+)"\}/g)) {
        calls.set(activity!, (calls.get(activity!) ?? new Set()).add(workflow));
      }
    }
    return calls;
  }

  test('of every activity the document names the workflows that call it', () => {
    const said = tableUnder(document, 'Activities').flatMap(([activity = '', by = '']) =>
      named(by).map((workflow) => `${named(activity)[0]} by ${workflow}`),
    );
    const recorded = [...recordedCalls()].flatMap(([activity, by]) =>
      [...by].map((workflow) => `${activity} by ${workflow}`),
    );
    // No recorded run comes to the last one.
    expect(said.toSorted()).toEqual([...recorded, 'confirmEmail by changeAccount'].toSorted());
  });

  test('of every workflow the document names the commands and the methods of the library that start it', async () => {
    const rows = tableUnder(document, 'Workflows');
    const exported = readFileSync('workflows/index.ts', 'utf8').matchAll(/export \{ (\w+) \}/g);
    const names = [...exported].map(([, name]) => name!);
    expect(rows.map(([workflow = '']) => named(workflow).join()).toSorted()).toEqual(names.toSorted());
    const { stdout } = await onboardOffline(['--help']);
    const library = Object.create(OnboardingClient.prototype) as object;
    for (const [, commands = '', methods = ''] of rows) {
      for (const command of named(commands)) expect(stdout).toMatch(new RegExp(`^ {2}${command.split(' ')[1]} `, 'm'));
      for (const method of named(methods).filter((one) => !one.includes('.'))) expect(library).toHaveProperty(method);
    }
  });
});
