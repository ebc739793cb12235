import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OnboardingClient, type Reconciliation, type Repair } from '../../client/index.ts';
import { eventually } from '../setup/eventually.ts';
import { newAccount } from '../workflows/scripted-account.ts';
import { onboardOffline, openCommandSuite, type CommandSuite } from '../cli/suite.ts';
import { onRecord } from './on-record.ts';
import { errorOf, reset, singleRequest } from './suite.ts';

const provider = 'defentry';
const folder = mkdtempSync(path.join(tmpdir(), 'reconcile-'));
const ALL = ['reconcile', '--provider', provider, '--pause', 'PT0.01S'];

let suite: CommandSuite;
let monitored: string;
let plain: string;
beforeAll(async () => {
  suite = await openCommandSuite(20_000, { clock: 'real' });
  suite.provider.verified = true;
  const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' };
  monitored = await onboarded({ person, ssnMonitoring: true });
  plain = await onboarded();
});
beforeEach(() => {
  reset(suite);
  suite.provider.account = { ...newAccount(), ssnMonitoring: false };
  suite.provider.listed = [];
});
afterAll(() => suite.close());

async function onboarded(changes: Parameters<typeof singleRequest>[0] = {}): Promise<string> {
  const { reference } = await suite.onboardings.start(singleRequest(changes));
  await suite.onboardings.result(provider, reference);
  return reference;
}

/** Temporal's list lags behind: once it shows both onboardings, and what came after them. */
async function report(fact: (found: Reconciliation) => boolean = () => true): Promise<Reconciliation> {
  return eventually('the report', async () => {
    const { json } = await suite.onboard([...ALL, '--json']);
    const found = json[0] as unknown as Reconciliation;
    return found.counts.known === 2 && fact(found) && found;
  });
}

const lines = (text: string) => text.split('\r\n').filter((line) => line !== '');

describe('onboard reconcile', () => {
  test('reports what differs, as a document', async () => {
    const found = await report();
    expect(found).toMatchObject({
      provider,
      outcome: 'differences',
      counts: { known: 2, agreed: 1, differing: 1 },
      findings: [
        { kind: 'monitoring-off', reference: monitored, accountId: `acc-${monitored}`, repair: 'ssn-monitoring-on' },
      ],
    });
    expect((await suite.onboard([...ALL, '--json'])).code).toBe(6);
  });

  test('says 0 when all agrees', async () => {
    await report();
    const { code, stdout } = await suite.onboard(['reconcile', `${provider}/${plain}`]);
    expect(code).toBe(0);
    expect(stdout).toContain('No differences.\n1 known: 1 agree');
  });

  test('prints a table, with what the numbers do not say', async () => {
    await report();
    const { code, stdout } = await suite.onboard(ALL);
    expect(code).toBe(6);
    expect(stdout).toMatch(/^REFERENCE +KIND +CODE/m);
    expect(stdout).toMatch(new RegExp(`^${monitored} +monitoring-off +SwitchedOff`, 'm'));
    expect(stdout).toMatch(/Temporal keeps a run that has ended for \d+ /);
  });

  test('writes CSV', async () => {
    await report();
    const file = path.join(folder, 'report.csv');
    const { stdout, stderr } = await suite.onboard([...ALL, '--format', 'csv', '--out', file]);
    expect([stdout, stderr]).toEqual(['', 'The report is written.\n']);
    const [head, line] = lines(readFileSync(file, 'utf8'));
    expect(head).toBe('provider,reference,kind,code,member,accountId,asOf,repair');
    expect(line).toContain(`${provider},${monitored},monitoring-off,SwitchedOff,,acc-${monitored},`);
  });

  test('writes a page', async () => {
    await report();
    const { stdout } = await suite.onboard([...ALL, '--format', 'html']);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain(`<td>${monitored}</td>`);
  });

  test('keeps what another system has put where our references are out of every report', async () => {
    const account = {
      exists: true,
      active: 'yes',
      emailVerified: 'yes',
      ssnPresent: 'yes',
      ssnMonitoring: 'no',
    } as const;
    suite.provider.listed = [
      { ...account, accountId: 'acc-1', reference: '19900101-1234' },
      { ...account, accountId: 'acc-2', reference: 'ada@example.com' },
    ];
    const { findings, counts } = await report();
    expect(counts).toMatchObject({ listed: 2, unclaimed: 1 });
    expect(findings.find(({ kind }) => kind === 'foreign')).toMatchObject({
      accountId: 'acc-1',
      reference: 'withheld',
    });
  });

  test('shows the newest report again', async () => {
    const found = await report();
    const { json } = await eventually('the newest in the list', async () => {
      const ran = await suite.onboard(['reconcile', '--provider', provider, '--last', '--json']);
      return ran.json[0]?.startedAt === found.startedAt && ran;
    });
    expect(json[0]).toEqual(found);
  });
});

describe('repair', () => {
  const repairs = () => suite.provider.effects.filter((effect) => effect === 'applyChange ssn-monitoring-on').length;

  test('is only listed by a dry run', async () => {
    await report();
    const { json } = await suite.onboard([...ALL, '--dry-run', '--json']);
    expect(json[1]).toMatchObject({
      type: 'repair',
      reference: monitored,
      change: 'ssn-monitoring-on',
      result: 'would be started',
    });
    expect(repairs()).toBe(0);
  });

  test('does nothing unasked where nobody can be asked', async () => {
    await report();
    const { code, stderr } = await suite.onboard([...ALL, '--repair']);
    expect(code).toBe(2);
    expect(stderr).toContain('--yes: is missing');
    expect(repairs()).toBe(0);
  });

  test('mends once what was found once, and again what comes back', async () => {
    const found = await report();
    const [repair] = suite.onboardings.reconciliations.repairs(found);
    await suite.onboardings.reconciliations.repair(repair!);
    await suite.onboardings.reconciliations.repair(repair!);
    await suite.onboardings.changes.result(provider, monitored, repair!.change.changeId);
    await suite.onboardings.reconciliations.repair(repair!);
    expect(repairs()).toBe(1);
    await report(({ outcome }) => outcome === 'agreed');

    suite.provider.account.ssnMonitoring = false;
    await report(({ findings }) => findings.length === 1);
    const { code, json } = await suite.onboard([...ALL, '--repair', '--yes', '--json']);
    expect(code).toBe(6);
    expect(json[1]).toMatchObject({ result: `taken by change.defentry.${monitored}`, failed: false });
    expect(json[1]!.changeId).not.toBe(repair!.change.changeId);
    await eventually('the second repair', () => repairs() === 2);
    const asking = { changeId: json[1]!.changeId, by: 'operator-7' };
    expect(await onRecord(suite, `change.defentry.${monitored}`)).toContainEqual(expect.objectContaining(asking));
  });
});

test('when nobody answers one repair, the others are not asked for', async () => {
  const { client } = suite.temporal;
  const { reconciliations, changes } = new OnboardingClient(client, { taskQueue: 'nobody-hosts-it', deadline: 5000 });
  const references = Array.from({ length: 3 }, () => singleRequest().reference);
  const repairs = references.map((reference): Repair => {
    const change = { provider: 'facilioo', reference, changeId: 'repair-a', change: { kind: 'deactivate' } } as const;
    return { finding: { kind: 'half-done', code: 'StillActive', reference }, change };
  });
  const codes: unknown[] = [];
  for await (const repaired of reconciliations.repairAll(repairs)) {
    codes.push('problem' in repaired && repaired.problem.code);
  }
  expect(codes).toEqual(Array(3).fill('WorkerUnavailable'));
  const [asked, ...others] = references as [string, ...string[]];
  for (const reference of others) {
    expect(await errorOf(changes.get('facilioo', reference))).toMatchObject({ code: 'OnboardingNotFound' });
  }
  expect(await changes.get('facilioo', asked)).toMatchObject({ status: 'running' });
  await client.workflow.getHandle(`change.facilioo.${asked}`).terminate();
});

describe('wrong usage is refused before anything is started', () => {
  test.each([
    [['reconcile'], '--provider: is missing; add it, or name one account.'],
    [['reconcile', 'c-1', '--last'], '--last: is about all accounts of a provider; leave REF out.'],
    [['reconcile', '--provider', provider, '--last', '--repair'], '--repair: needs a fresh look; leave --last out.'],
    [['reconcile', 'c-1', '--yes'], '--yes: belongs to --repair; add it, or leave --yes out.'],
    [
      [...ALL, '--out', path.join(folder, 'none', 'x')],
      '--out: the file cannot be written (ENOENT); check its path and rights.',
    ],
    [['reconcile', 'c-1', '--pause', 'soon'], 'policy.pause:'],
    [['reconcile', 'schedule', '--provider', provider, '--every', 'PT1M'], 'every: must be at least PT15M'],
    [['reconcile', 'schedule', '--provider', provider, '--every', 'P1D', '--pause'], 'take one of them at a time'],
    [['reconcile', 'schedule'], "required option '--provider <name>' not specified"],
  ])('%j', async (args, sentence) => {
    const { code, stderr } = await onboardOffline(args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

describe('onboard reconcile schedule', () => {
  const schedule = (...args: string[]) => suite.onboard(['reconcile', 'schedule', '--provider', provider, ...args]);
  afterAll(() => suite.onboardings.reconciliations.schedules.delete(provider).catch(() => undefined));

  test('sets, changes, pauses, resumes, runs and deletes it', async () => {
    expect(await schedule()).toMatchObject({ code: 3 });
    const set = await schedule('--every', 'P1D');
    expect(set.stdout).toMatch(/^The schedule is set\.\ndefentry: every 24 hours, next \d{4}-/);
    expect((await schedule('--every', 'PT12H')).stdout).toMatch(/^The schedule is changed\.\ndefentry: every 12 hours/);
    expect((await schedule('--pause')).stdout).toContain('every 12 hours, paused');
    expect((await schedule('--every', 'P7D')).stdout).toContain('every 168 hours, paused');
    expect((await schedule('--resume')).stdout).toContain('every 168 hours, next ');
    const { json } = await schedule('--json');
    expect(json[0]).toMatchObject({ provider, every: 7 * 86_400_000, paused: false, recent: [] });

    const { schedules } = suite.onboardings.reconciliations;
    await schedules.set({ provider, every: 'P1D', policy: { pause: 'PT0.01S' } });
    await schedule('--now');
    const workflowId = await eventually(
      'the run',
      async () => (await schedules.get(provider)).recent.at(-1)?.workflowId,
    );
    expect(workflowId).toMatch(/^reconciliation\.defentry-\d{4}-/);
    const { client } = suite.temporal;
    const run = (await client.workflow.getHandle(workflowId).result()) as Reconciliation;
    expect(run).toMatchObject({ provider, outcome: 'differences', counts: { known: 2 } });
    await eventually('its report', async () => {
      const { startedAt } = await suite.onboardings.reconciliations.latest(provider);
      return startedAt === run.startedAt;
    });

    expect((await schedule('--delete')).stdout).toBe('The schedule is deleted.\n');
    expect(await schedule('--pause')).toMatchObject({ code: 3 });
  });
});
