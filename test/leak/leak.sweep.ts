import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Runtime } from '@temporalio/worker';
import { createLogger } from '../../worker/logging.ts';
import { readFile } from 'node:fs/promises';
import { Canaries } from './canaries.ts';
import { needlesOf, type Canary } from './needles.ts';
import { drive, type Driven } from './drive.ts';
import { openHouse, type House } from './house.ts';
import { PATHS } from './paths.ts';
import { FORWARDED } from './programs.ts';
import { sitesOf } from './providers.ts';
import { searchFor, type Finding, type Source } from './search.ts';
import { databaseSources, file, text } from './sources.ts';

// Personal data and secrets, each with a name, go through everything the product does, and are then looked for everywhere
// they must not be. `control.sweep.ts` shows that the same search finds them where encryption is off.

const canaries = new Canaries();
const inProcess: string[] = [];
Runtime.install({
  logger: createLogger('trace', 'test', { write: (line) => void inProcess.push(line) }),
  telemetryOptions: FORWARDED,
});

/** Put into every source, in one form after the other, just before it is searched: what is searched must find it. */
const PLANTED: Canary = { name: 'planted', value: 'Planterad "Kanarie" åäö' };

/** What the vendors have seen of each kind, and said again. */
const QUOTED = [
  'storm: SSN',
  'storm: e-mail',
  'eid-storm: return address',
  'troubled.new: e-mail',
  'troubled.new: watched phone',
  'payway: SSN',
  'payway.new: phone',
  'facilioo: e-mail',
  'secret of defentry',
  'secret of payway',
  'secret of facilioo',
];

/** Traces of what was done, which show that a source is of it: what leaves no trace leaves no personal data either. */
const HOLD: [source: string, part: string][] = [
  ['description of onboarding.defentry.c-storm', '"lastFailure"'],
  ['history of onboarding.defentry.c-bad-payload', 'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'],
  ['history of onboarding.defentry.c-storm', 'EVENT_TYPE_ACTIVITY_TASK_FAILED'],
  ['history of onboarding.defentry.c-remainder', 'EVENT_TYPE_WORKFLOW_EXECUTION_FAILED'],
  ['history of change.defentry.c-troubled', 'EVENT_TYPE_ACTIVITY_TASK_FAILED'],
  ['history of change.tulo-payway.c-payway', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  ['history of reading.defentry.c-read.', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  ['history of reconciliation.defentry.c-reconciled', 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED'],
  ['onboard: reconcile as html', '<svg'],
  ['history of event.', 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED'],
  ['table executions_visibility', 'offboarding.facilioo.c-facilioo'],
  ['log of the worker', 'onboarding-tulo-payway'],
  ['log of the worker', 'onboarding-facilioo'],
  ['log of the worker', 'offboardCustomer'],
  ['log of the server', 'change.defentry.c-troubled'],
  ['log of the gateway', '/webhooks/tulo-payway/*'],
  ['log of the gateway', '/eid/*'],
  ['log of the gateway', 'caller-read'],
  ['gateway: GET /metrics', 'gateway_webhooks_total{sender="tulo-payway",outcome="accepted"} 2'],
  ['gateway: GET /docs/json', '"OnboardingRequest'],
  ['gateway: stream of an open run', 'event: progress'],
  ['gateway: POST open', 'urn:uuid:'],
  ['metrics of the worker', 'changeAccount'],
  ['onboard: offboard status', 'removed'],
  ['onboard: attention with a change', 'change/defentry/c-troubled'],
  ['onboard: resolve --all', 'offboarding/defentry/c-troubled'],
  ['onboard: status of changes', 'refused'],
  ['onboard: events --unmatched', 'event'],
];

const sources: Source[] = [];
let house: House;
let driven: Driven;
let found: Map<string, Finding[]>;

beforeAll(async () => {
  house = await openHouse(canaries);
  driven = await drive(house, canaries, sources);
  await house.stop();
  sources.push(
    await file('log of the server', house.temporal.log),
    await file('log of the worker', house.workerLog),
    await file('log of the gateway', house.gatewayLog),
    text('log of the workers in this process', inProcess.join('')),
    ...(await databaseSources(house.temporal)),
  );
  const search = searchFor([...canaries.all, PLANTED]);
  const forms = needlesOf(PLANTED);
  const planted = (source: Source, index: number) => Buffer.concat([source.bytes, forms[index % forms.length]!.bytes]);
  found = new Map(
    sources.map((source, index) => [`${index} ${source.name}`, search({ ...source, bytes: planted(source, index) })]),
  );
});

afterAll(async () => {
  await house.stop();
  await house.remove();
});

describe('nothing is found', () => {
  test('in any source but what was planted there', () => {
    const leaks = [...found.values()].flat().filter(({ canary }) => canary !== PLANTED.name);
    expect(leaks).toEqual([]);
  });

  test('by a search that would find it: what was planted is found in each source', () => {
    const blind = [...found].filter(([, findings]) => !findings.some(({ canary }) => canary === PLANTED.name));
    expect(blind).toEqual([]);
  });
});

describe('what was searched', () => {
  test.each([
    'database',
    'write-ahead log of the database',
    'table history_node',
    'table executions',
    'table executions_visibility',
    'log of the server',
    'log of the worker',
    'log of the gateway',
    'log of the workers in this process',
    'metrics of the worker',
    'metrics of the server',
    'workflow ids',
    'search attributes',
    'memos',
    'ledger of defentry',
    'ledger of payway',
    'ledger of facilioo',
    'history of onboarding.defentry.c-killed',
    'history of onboarding.defentry.c-storm',
    'history of onboarding.defentry.c-eid-storm.member.partner',
    'query __temporal_workflow_metadata of onboarding.defentry.c-read',
    'query __temporal_workflow_metadata of change.defentry.c-troubled',
    'query decisions of offboarding.defentry.c-troubled',
    'library: error of another change under the same id',
    'library: error of an offboarding during a change',
    'library: deliverEvent',
    'library: error of refusal 0',
    'gateway: POST start 1',
    'gateway: stream of an open run',
    'gateway: GET /docs/json',
    'gateway: GET /metrics',
    'history of change.defentry.c-changed',
    'history of change.tulo-payway.c-payway',
    'history of change.facilioo.c-facilioo',
    'history of offboarding.defentry.c-troubled',
    'description of offboarding.tulo-payway.c-payway',
    'library: progress of an offboarding',
    'onboard: change change-email',
    'onboard: change typed',
    'onboard: offboard',
    'onboard: offboard status --json',
    'onboard: attention with a change',
    'onboard: resolve --all --dry-run',
    'onboard: resolve --all',
    'onboard: resolve of an offboarding',
    'onboard: change: everything wrong',
    'onboard: events --unmatched',
    'onboard: list',
    'gateway: refusal of the codec',
    'onboard: doctor',
    'onboard: start: everything wrong',
  ])('%s', (name) => {
    expect(sources.filter((source) => source.name === name)).not.toEqual([]);
  });

  test('holds something, each', () => {
    expect(sources.filter(({ bytes }) => bytes.length < 2).map(({ name }) => name)).toEqual([]);
  });

  test.each(HOLD)('%s: %s', (start, part) => {
    expect(sources.some(({ name, bytes }) => name.startsWith(start) && bytes.includes(part))).toBe(true);
  });

  test('two lives of the worker', () => {
    const log = sources.find(({ name }) => name === 'log of the worker')!.bytes.toString();
    expect(log.split('worker ready')).toHaveLength(3);
  });
});

describe('what was driven', () => {
  test.each(Object.entries(PATHS).map(([path, { ends }]) => [path, ends]))('%s ends %s', (path, ends) => {
    expect(driven.ends[path]).toBe(ends);
  });

  test('the run whose worker was killed ends completed', () => expect(driven.ends['killed']).toBe('completed'));

  test('every fault of the vendor has fired, and has quoted what it was sent', () => {
    const vendors = sitesOf(house.providers).map(([, { vendor }]) => vendor);
    const faults = vendors.flatMap((vendor) => vendor.faults);
    expect(faults.filter(({ fired }) => fired === 0).map(({ name }) => name)).toEqual([]);
    const quoted = searchFor(canaries.all)(text('quotes', vendors.flatMap((vendor) => vendor.quoted).join('\n')));
    expect(quoted.map(({ canary }) => canary)).toEqual(expect.arrayContaining(QUOTED));
  });

  test('each wrong use of the command line was refused', () => {
    expect(driven.misused.size).toBeGreaterThan(20);
    expect([...driven.misused].filter(([, code]) => code === 0)).toEqual([]);
  });

  test('the codec endpoint has decoded for who may know, and refused the others', () => {
    expect(driven.asked.clear).toContain('corrected-business: e-mail');
    expect(driven.asked.refusals).toEqual([401, 400, 400, 403, 404]);
  });

  test('the gateway has taken a customer through, and refused what was wrong', () => {
    const [first, again, other, ...rest] = driven.asked.statuses;
    expect([first, again, other]).toEqual([201, 200, 409]);
    for (const status of [200, 207, 400, 401, 404, 409, 415]) expect(rest).toContain(status);
    expect(rest.filter((status) => status >= 500)).toEqual([]);
  });

  test('the link to an eID is for those alone who may start', () => {
    expect(driven.asked.links).toEqual({ start: 200, read: 403, operate: 403, decode: 403 });
  });

  test('webhooks were taken, dropped and refused; returns counted once', () => {
    expect(driven.asked.webhooks).toEqual([202, 204, 202, 404, 400, 202, 401]);
    expect(driven.asked.returns).toEqual([200, 202, 409, 404, 200, 202]);
  });

  test('every run was replayed', () => {
    const { passed, failed } = driven.replayed;
    expect(failed).toEqual([]);
    for (const [type, count] of Object.entries(passed)) expect([type, count > 0]).toEqual([type, true]);
    const histories = sources.filter(({ name }) => name.startsWith('history of '));
    expect(Object.values(passed).reduce((sum, count) => sum + count, 0)).toBe(histories.length);
  });
});

test('there is no tracing that could carry data elsewhere', async () => {
  const { dependencies } = JSON.parse(await readFile('package.json', 'utf8')) as { dependencies: object };
  expect(Object.keys(dependencies).filter((name) => name.includes('opentelemetry'))).toEqual([]);
});
