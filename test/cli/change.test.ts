import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { onRecord } from '../client/on-record.ts';
import { openCommandSuite, type CommandSuite } from './suite.ts';
import { cancelled, reset, singleRequest } from '../client/suite.ts';

let suite: CommandSuite;
beforeAll(async () => {
  suite = await openCommandSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const PERSONAL = /Ada|Bo|Test|example\.com/;
const someone = () => `c-${randomUUID()}`;

async function until(reference: string, what: 'emailChanged' | 'retention' | 'operator') {
  const { changes, offboardings } = suite.onboardings;
  await eventually<{ wait?: { for: string }; attention?: object }>(
    () => (what === 'retention' ? offboardings : changes).progress('defentry', reference),
    ({ wait, attention }) => (what === 'operator' ? attention !== undefined : wait?.for === what),
  );
}

describe('change', () => {
  test.each<[string[], string, string]>([
    [['activate'], 'activate', ''],
    [['set-password', 'reset-mail'], 'set-password', ''],
    [['upgrade-plan', '2'], 'upgrade-plan', ''],
    [['change-rights', 'admin=true', 'supervisor=false'], 'change-rights', ''],
    [['update-profile', 'phone=+46701234567'], 'update-profile', ''],
    [['update-profile', '-'], 'update-profile', '{"languageCode":"sv"}'],
    [['add-watchlist-item', 'email', '-'], 'add-watchlist-item', 'ada@example.com\n'],
  ])('%j is made, shown, and ends with 0', async (typed, effect, input) => {
    const reference = someone();
    const from = suite.provider.effects.length;
    const ran = await suite.onboard(['change', reference, ...typed, '--id', 'ticket-7'], input);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain(`defentry/${reference}: ${typed[0]} taken as ticket-7\n`);
    expect(ran.stdout).toMatch(new RegExp(`^${typed[0]}: done$`, 'm'));
    expect(ran.stdout).not.toMatch(PERSONAL);
    expect(suite.provider.effects.slice(from)).toEqual([`applyChange ${effect}`]);
  });

  test('another one under a used id is refused with 4', async () => {
    const upgrade = (planId: string) =>
      suite.onboard(['change', reference, 'upgrade-plan', planId, '--id', 'ticket-7']);
    const reference = someone();
    expect(await upgrade('2')).toMatchObject({ code: 0 });
    expect(await upgrade('3')).toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^changeId: belongs to another/),
    });
  });

  test('a whole request from a file, or from the standard input with --json', async () => {
    const example = JSON.parse(await readFile('examples/change-email.json', 'utf8')) as object;
    suite.provider.applied.verificationNeeded = false;
    const reference = someone();
    const ran = await suite.onboard(['change', '-', '--json'], JSON.stringify({ ...example, reference }));
    expect(ran.code).toBe(0);
    expect(ran.json[0]).toMatchObject({ type: 'taken', reference, changeId: 'ticket-1009', ahead: 0 });
    expect(await onRecord(suite, `change.defentry.${reference}`)).toContainEqual(
      expect.objectContaining({ changeId: 'ticket-1009', by: 'operator-7' }),
    );
    expect(ran.json.at(-1)).toMatchObject({
      type: 'result',
      reference,
      result: { kind: 'change-email', status: 'done' },
    });
  });

  test('is followed no longer than until a person has to act, and then by status, mail and code', async () => {
    const reference = someone();
    const ran = await suite.onboard(['change', reference, 'change-email', '-'], 'new@example.com\n');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Waiting for the person to confirm the new e-mail address');
    expect(ran.stdout).not.toMatch(PERSONAL);
    const ref = `change/defentry/${reference}`;
    const shown = await suite.onboard(['status', reference]);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(`Run          ${ref}`) });
    expect(shown.stdout).toMatch(/^change-email \S+ +running/m);
    await eventually(
      () => suite.onboard(['list', '--type', 'change', '--waiting-for', 'emailChanged', '--json']),
      ({ json }) => json.some((run) => run.reference === reference && run.type === 'change'),
    );
    expect(await suite.onboard(['resend', ref])).toMatchObject({ code: 0 });
    expect(await suite.onboard(['signal', 'email-verified', ref])).toMatchObject({ code: 0 });
    const second = ['change', reference, 'activate', '--if-busy', 'refuse'];
    expect(await suite.onboard(second)).toMatchObject({ code: 4, stderr: expect.stringMatching(/^ifBusy: another/) });
    const queued = await suite.onboard(['change', reference, 'activate', '--no-wait']);
    expect(queued).toMatchObject({ code: 0, stdout: expect.stringMatching(/, after 1 other change\n$/) });
    suite.provider.account.emailVerified = true;
    expect(await suite.onboard(['confirm-email', ref, 'right'])).toMatchObject({ code: 0 });
    await eventually(
      () => suite.onboardings.changes.get('defentry', reference),
      ({ status }) => status === 'completed',
    );
  });

  test('of a member, while the onboarding is open, is told to be the onboarding’s, and ends with 0', async () => {
    const { reference } = singleRequest();
    await suite.onboardings.start(singleRequest({ reference }));
    await eventually(
      () => suite.onboardings.progress('defentry', reference),
      (story) => story.wait?.for === 'emailVerified',
    );
    const member = { reference: 'early', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };
    const request = { provider: 'defentry', reference, change: { kind: 'add-member', member } };
    const ran = await suite.onboard(['change', '-'], JSON.stringify(request));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain(
      `The open onboarding has made it itself; look at its members with: onboard status defentry/${reference}`,
    );
    expect(ran.stdout).not.toMatch(PERSONAL);
    await cancelled(suite.onboardings, reference);
  });

  test('that hangs ends with 6 and says how to decide; decided and waited for, it is done', async () => {
    const reference = someone();
    suite.provider.fail('applyChange', permanent('Forbidden'));
    const ran = await suite.onboard(['change', reference, 'deactivate', '--id', 'ticket-8']);
    expect(ran.code).toBe(6);
    const ref = `change/defentry/${reference}`;
    expect(ran.stdout).toContain(`Decide with: onboard resolve ${ref} applyChange retry|abort --reason TEXT\n`);
    const decided = ['resolve', ref, 'applyChange', 'retry', '--reason', 'rights were given'];
    expect(await suite.onboard(decided)).toMatchObject({ code: 0, stdout: `${ref}: applyChange retry\n` });
    const waited = await suite.onboard(['change', reference, 'deactivate', '--id', 'ticket-8', '--wait']);
    expect(waited).toMatchObject({ code: 0, stdout: expect.stringMatching(/^deactivate: done$/m) });
    const told = await suite.onboard(['decisions', ref]);
    expect(told.stdout).toMatch(/applyChange +Forbidden +retry +operator-7 +rights were given$/m);
  });

  test('that is refused ends with 6 and the provider’s sentence', async () => {
    suite.provider.refusals['upgrade-plan'] = 'change.planId: must be a plan of this tenant; correct it.';
    const ran = await suite.onboard(['change', someone(), 'upgrade-plan', '9']);
    delete suite.provider.refusals['upgrade-plan'];
    expect(ran.code).toBe(6);
    expect(ran.stdout).toMatch(
      /^upgrade-plan: refused \(RequestRefused: change\.planId: must be a plan of this tenant/m,
    );
  });

  test('is cancelled by its name, and Ctrl+C leaves it alone', async () => {
    const reference = someone();
    const change = ['change', reference, 'change-email', 'new@example.com', '--wait'];
    const interruption = new AbortController();
    const ran = suite.onboard(change, '', interruption.signal);
    await until(reference, 'emailChanged');
    interruption.abort();
    expect(await ran).toMatchObject({ code: 130 });
    expect(await suite.onboard(['cancel', `change/defentry/${reference}`])).toMatchObject({ code: 0 });
    await eventually(
      () => suite.onboardings.changes.get('defentry', reference),
      ({ status }) => status === 'cancelled',
    );
    expect(suite.provider.account.email).toBe('ada@example.com');
  });
});

describe('offboard', () => {
  const typing = (answer: string) => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true });
    terminal.write(answer);
    return terminal;
  };

  test('asks first; then the account is taken apart, and the record is shown', async () => {
    const reference = someone();
    const offboard = ['offboard', reference, '--keep-for', 'PT0S'];
    const no = await suite.onboard(offboard, typing('n\n'));
    expect(no).toMatchObject({ code: 130, stdout: '' });
    expect(no.stderr).toContain(`Offboard defentry/${reference}, and remove the account after PT0S? [y/N]`);
    const named = await suite.onboard([...offboard, '--account-id', '17'], typing('n\n'));
    expect(named.stderr).toContain("The account 17 is taken to be this customer's at your word. [y/N]");
    expect(await suite.onboard(['offboard', 'status', reference])).toMatchObject({ code: 3 });
    const yes = await suite.onboard([...offboard, '--reason', 'asked by letter'], typing('y\n'));
    const [input] = await onRecord(suite, `offboarding.defentry.${reference}`);
    expect(input).toMatchObject({ by: 'operator-7', reason: 'asked by letter' });
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Outcome +removed$/m) });
    expect(yes.stdout).toMatch(/^Removed +account, 1, \d{4}/m);
    expect(yes.stdout).not.toMatch(PERSONAL);
    expect(suite.provider.account.exists).toBe(false);
    const { json } = await suite.onboard(['offboard', reference, '--keep-for', 'PT0S', '--yes', '--json']);
    expect(json).toMatchObject([
      { type: 'started', started: false },
      ...json.slice(1, -1).map(() => ({ type: 'progress' })),
      { type: 'result', result: { outcome: 'removed' } },
    ]);
  });

  test('while the account is kept it is shown by status, and a cancel brings the account back', async () => {
    const { reference } = singleRequest();
    suite.provider.verified = true;
    await suite.onboardings.start(singleRequest({ reference }));
    await suite.onboardings.result('defentry', reference);
    const ran = await suite.onboard(['offboard', reference, '--yes']);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('Keeping the deactivated account') });
    const { json } = await suite.onboard(['status', reference, '--json']);
    expect(json).toMatchObject([
      { run: { type: 'onboarding', status: 'completed' } },
      {
        run: { type: 'offboarding', status: 'running', waitingFor: 'retention' },
        progress: { wait: { for: 'retention' } },
      },
    ]);
    const shown = await suite.onboard(['offboard', 'status', reference]);
    expect(shown.stdout).toMatch(/keeping the account until \d{4}-\d\d-\d\d/);
    expect(await suite.onboard(['change', reference, 'activate'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('the customer is being offboarded;'),
    });
    expect(await suite.onboard(['offboard', 'cancel', reference, '--reason', 'a mistake'])).toMatchObject({ code: 0 });
    const { outcome } = await suite.onboardings.offboardings.result('defentry', reference);
    expect(outcome).toBe('brought-back');
    const decided = await suite.onboard(['decisions', `offboarding/defentry/${reference}`, '--json']);
    expect(decided.json).toMatchObject([{ action: 'cancel', by: expect.any(String), reason: 'a mistake' }]);
    expect(await suite.onboard(['offboard', 'status', reference, '--json'])).toMatchObject({
      code: 0,
      json: [{ run: { outcome: 'brought-back' }, progress: { outcome: 'brought-back' } }],
    });
  });

  test('is refused while the onboarding is open', async () => {
    const { reference } = singleRequest();
    await suite.onboardings.start(singleRequest({ reference }));
    expect(await suite.onboard(['offboard', reference, '--yes'])).toMatchObject({
      code: 4,
      stderr: `defentry/${reference}: the onboarding is still open; wait for its end or cancel it, then ask again.\n`,
    });
    await cancelled(suite.onboardings, reference);
    await eventually(
      () => suite.onboardings.get('defentry', reference),
      ({ status }) => status === 'cancelled',
    );
  });
});

describe('erase', () => {
  test('asks, deletes what Temporal keeps of a customer, shows what went, and its status afterwards', async () => {
    const { reference } = singleRequest();
    suite.provider.fail('checkUniqueness', permanent('EmailTaken'));
    await suite.onboardings.start(singleRequest({ reference }));
    await suite.onboardings.result('defentry', reference);
    expect(await suite.onboard(['erase', reference], 'no\n')).toMatchObject({ code: expect.any(Number) });
    expect(await suite.onboardings.runsOf('defentry', reference)).toMatchObject([{ type: 'onboarding' }]);
    suite.temporal.startClock = 'real';
    const ran = await suite.onboard(['erase', reference, '--yes', '--by', 'dpo', '--reason', 'by letter']);
    suite.temporal.startClock = 'frozen';
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Outcome +erased$/m) });
    expect(ran.stdout).toMatch(/^Deleted +onboarding, 1, \d{4}/m);
    const shown = await suite.onboard(['erase', 'status', reference]);
    expect(shown.stdout).toMatch(/Histories deleted from Temporal +done/);
    expect(await suite.onboardings.runsOf('defentry', reference)).toMatchObject([
      { type: 'erasure', outcome: 'erased' },
    ]);
  });

  test('is refused while the customer has an account', async () => {
    suite.provider.verified = true;
    const { reference } = singleRequest();
    await suite.onboardings.start(singleRequest({ reference }));
    await suite.onboardings.result('defentry', reference);
    expect(await suite.onboard(['erase', reference, '--yes'])).toMatchObject({
      code: 4,
      stderr: `defentry/${reference}: the customer has an account, and its onboarding says so; offboard the customer first.\n`,
    });
  });
});

describe('who has read', () => {
  const audited = { ONBOARDING_AUDIT_FILE: '' };
  beforeAll(async () => {
    audited.ONBOARDING_AUDIT_FILE = path.join(await mkdtemp(path.join(tmpdir(), 'onboard-audit-')), 'audit.log');
    Object.assign(process.env, audited);
  });
  afterAll(async () => {
    delete process.env['ONBOARDING_AUDIT_FILE'];
    await rm(path.dirname(audited.ONBOARDING_AUDIT_FILE), { recursive: true });
  });

  test('is a line for each read, found by the hash that audit prints; what is not there shows nothing', async () => {
    const { reference } = singleRequest();
    suite.provider.verified = true;
    await suite.onboardings.start(singleRequest({ reference }));
    await suite.onboardings.result('defentry', reference);
    expect(await suite.onboard(['read', reference])).toMatchObject({ code: 0 });
    expect(await suite.onboard(['decisions', reference])).toMatchObject({ code: 0 });
    expect(await suite.onboard(['decisions', someone()])).toMatchObject({ code: 3 });
    const { stdout } = await suite.onboard(['audit', reference]);
    const text = await readFile(audited.ONBOARDING_AUDIT_FILE, 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const read = { time: expect.stringMatching(/^\d{4}-.*Z$/), caller: 'operator-7', customer: stdout.trim() };
    expect(lines).toEqual([
      { ...read, audit: 'read', route: 'onboard read' },
      { ...read, audit: 'decisions', route: 'onboard decisions' },
    ]);
    expect(text).not.toContain(reference);
    expect(text).not.toMatch(PERSONAL);
  });

  test('must be writable, or nothing is shown', async () => {
    const { reference } = singleRequest();
    process.env['ONBOARDING_AUDIT_FILE'] = path.join(audited.ONBOARDING_AUDIT_FILE, 'below-a-file');
    expect(await suite.onboard(['read', reference])).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'ONBOARDING_AUDIT_FILE: cannot be written, so personal data is not shown; correct the path or its rights.\n',
    });
    Object.assign(process.env, audited);
  });
});

test('decisions and changes are exported as signed lines, and verified; a changed file is not', async () => {
  const { reference } = singleRequest();
  suite.provider.verified = true;
  suite.provider.fail('createAccount', permanent('Invalid'));
  await suite.onboardings.start(singleRequest({ reference }));
  await eventually(
    () => suite.onboardings.progress('defentry', reference),
    ({ attention }) => attention !== undefined,
  );
  await suite.onboard(['resolve', reference, 'createAccount', 'retry', '--reason', 'a mistyped digit']);
  await suite.onboardings.result('defentry', reference);
  for (const [id, kind] of [
    ['one', 'activate'],
    ['two', 'ssn-monitoring-off'],
  ] as const) {
    expect(await suite.onboard(['change', reference, kind, '--id', id])).toMatchObject({ code: 0 });
  }
  const { stdout } = await suite.onboard(['decisions', 'export', reference]);
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { record: unknown }).record);
  const of = { provider: 'defentry', reference };
  expect(records).toMatchObject([
    { ...of, type: 'onboarding', fact: 'decision', decision: { action: 'retry', reason: 'a mistyped digit' } },
    { ...of, type: 'change', fact: 'change', change: { changeId: 'one', status: 'done' } },
    { ...of, type: 'change', fact: 'change', change: { changeId: 'two', status: 'done' } },
    { lines: 3 },
  ]);
  expect(await suite.onboard(['decisions', 'verify', '-'], stdout)).toMatchObject({
    code: 0,
    stdout: 'The export is as it was written: 3 records.\n',
  });
  expect(await suite.onboard(['decisions', 'verify', '-'], stdout.replace('mistyped', 'mistaken'))).toMatchObject({
    code: 2,
    stderr: 'FILE: line 1 was changed, or signed with another key.\n',
  });
  expect(await suite.onboard(['decisions', 'export', someone()])).toMatchObject({ code: 3, stdout: '' });
});
