import { eventually } from '../workflows/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { openCommandSuite, type CommandSuite, type Printed } from './suite.ts';
import { reset, singleRequest } from '../client/suite.ts';

let suite: CommandSuite;
beforeAll(async () => {
  suite = await openCommandSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const PERSONAL = /Ada|Test|example\.com/;
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);

async function begin(changes: Parameters<typeof singleRequest>[0] = {}) {
  const request = singleRequest(changes);
  await suite.onboard(['start', '-'], JSON.stringify(request));
  return request.reference;
}

async function waitFor(reference: string, what: 'emailVerified' | 'identification' | 'operator') {
  await eventually(
    () => suite.onboardings.progress('defentry', reference),
    (story) => (what === 'operator' ? story.attention !== undefined : story.wait?.for === what),
  );
}

describe('start', () => {
  test('says what was started, and that the same request is there already', async () => {
    const request = singleRequest();
    const input = JSON.stringify(request);
    const first = await suite.onboard(['start', '-', '--json'], input);
    const run = {
      provider: 'defentry',
      reference: request.reference,
      workflowId: `onboarding.defentry.${request.reference}`,
    };
    const [document] = first.json;
    expect(document).toEqual({
      type: 'started',
      started: true,
      ...run,
      runId: expect.any(String),
      links: { timeline: expect.stringContaining('/timeline'), checklist: expect.stringContaining('/user-metadata') },
    });
    const again = await suite.onboard(['start', '-', '--json'], input);
    expect(again).toMatchObject({ code: 0, json: [{ ...document, started: false }] });
    const shown = await suite.onboard(['start', '-'], input);
    expect(shown.stdout).toContain(`defentry/${request.reference} is there already, same request\n`);
  });

  test('another request under the reference ends with 4', async () => {
    const reference = await begin();
    const ran = await suite.onboard(['start', '-'], JSON.stringify(singleRequest({ reference, ssnMonitoring: true })));
    expect(ran).toMatchObject({ code: 4, stdout: '' });
    expect(ran.stderr).toContain('is taken by another request;');
  });

  test('--watch shows the steps and ends with 0 when completed', async () => {
    suite.provider.verified = true;
    const ran = await suite.onboard(['start', '-', '--watch'], JSON.stringify(singleRequest()));
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Create the account: done\n');
    expect(ran.stdout).toMatch(/^Outcome {2,}completed$/m);
    expect(ran.stdout).not.toMatch(PERSONAL);
  });

  test('--watch ends with 6 on another outcome, and --json streams documents', async () => {
    suite.provider.fail('checkUniqueness', permanent('EmailTaken'));
    const ran = await suite.onboard(['start', '-', '--watch', '--json'], JSON.stringify(singleRequest()));
    expect(ran.code).toBe(6);
    const types = ran.json.map(({ type }) => type);
    expect(types).toEqual(['started', ...types.slice(1, -1).map(() => 'progress'), 'result']);
    expect(ran.json.at(-1)).toMatchObject({ result: { outcome: 'rejected', reason: { code: 'EmailTaken' } } });
  });
});

test('watch ends with 130 at Ctrl+C and leaves the run alone', async () => {
  const reference = await begin();
  const interruption = AbortSignal.timeout(300);
  expect(await suite.onboard(['watch', reference], '', interruption)).toMatchObject({ code: 130 });
  expect(await suite.onboardings.get('defentry', reference)).toMatchObject({ status: 'running' });
});

describe('status', () => {
  test('for people and for programs', async () => {
    const reference = await begin();
    await waitFor(reference, 'emailVerified');
    const shown = await suite.onboard(['status', `defentry/${reference}`]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/^E-mail verified +waiting for the person until \d{4}-\d\d-\d\d \d\d:\d\d UTC/m);
    expect(shown.stdout).not.toMatch(PERSONAL);
    const { json } = await suite.onboard(['status', reference, '--json']);
    expect(json).toEqual([
      {
        run: expect.objectContaining({ provider: 'defentry', reference, status: 'running', startedAt: instant }),
        progress: expect.objectContaining({
          provider: 'defentry',
          reference,
          kind: 'single',
          next: expect.any(String),
        }),
      },
    ]);
  });

  test('of a run whose provider no worker serves says so, as attention does', async () => {
    const sentence = 'No worker serves facilioo, so its runs wait; start one with "onboard worker --role facilioo".';
    const request = singleRequest({ provider: 'facilioo' });
    await suite.onboard(['start', '-'], JSON.stringify(request));
    const ref = `facilioo/${request.reference}`;
    const shown = await suite.onboard(['status', ref]);
    expect(shown).toMatchObject({ code: 0, stderr: `${sentence}\n`, stdout: expect.stringContaining('checkRequest') });
    const problem = { code: 'WorkerUnavailable', message: sentence };
    expect((await suite.onboard(['status', ref, '--json'])).json).toMatchObject([{ progress: {}, problem }]);
    const { stdout } = await eventually(
      () => suite.onboard(['attention', '--provider', 'facilioo', '--json']),
      ({ stderr }) => stderr === `${sentence}\n`,
    );
    expect(JSON.parse(stdout)).toEqual({ provider: 'facilioo', problem });
    const served = await begin();
    await waitFor(served, 'emailVerified');
    expect((await suite.onboard(['status', served])).stderr).toBe('');
  });

  test('of nobody ends with 3', async () => {
    expect(await suite.onboard(['status', 'nobody'])).toMatchObject({ code: 3, stdout: '' });
  });
});

test('attention, correct, resolve: what hangs, why, and how it goes on', async () => {
  suite.provider.fail('createAccount', permanent('Invalid'));
  suite.provider.verified = true;
  const reference = await begin();
  await waitFor(reference, 'operator');
  const mine = (json: Printed[]) => json.find(({ run }) => run?.reference === reference);
  const { json } = await eventually(
    () => suite.onboard(['attention', '--json']),
    (ran) => mine(ran.json) !== undefined,
  );
  expect(mine(json)).toMatchObject({
    run: { provider: 'defentry', waitingFor: 'operator' },
    attention: {
      step: 'createAccount',
      call: 1,
      code: 'Invalid',
      sentence: 'fixed sentence',
      since: instant,
      deadline: instant,
      allowed: ['retry', 'abort'],
    },
  });
  const shown = await suite.onboard(['attention']);
  expect(shown.stdout).toMatch(
    new RegExp(`^defentry/${reference} +createAccount .* Invalid +retry, abort .* fixed sentence$`, 'm'),
  );
  expect((await suite.onboard(['status', reference])).stdout).toContain('\n\nfixed sentence\n\n');
  expect(await suite.onboard(['resolve', reference, 'identify', 'skip', '--reason', 'late'])).toMatchObject({
    code: 4,
  });
  expect(await suite.onboard(['correct', reference, 'person.email'], 'ada@other.example\n')).toMatchObject({ code: 0 });
  const words = ['--reason', 'Ada called: the address was mistyped', '--by', 'night shift'];
  const retry = ['resolve', reference, 'createAccount', 'retry', ...words, '--json', '--call'];
  expect(await suite.onboard([...retry, '2'])).toMatchObject({ code: 4, stderr: expect.stringContaining('call: ') });
  expect(await suite.onboard([...retry, '1'])).toMatchObject({
    code: 0,
    json: [{ provider: 'defentry', reference, done: 'createAccount retry' }],
  });
  const { json: made } = await suite.onboard(['decisions', reference, '--json']);
  expect(made).toEqual([
    {
      at: instant,
      step: 'createAccount',
      code: 'Invalid',
      action: 'retry',
      by: 'night shift',
      reason: 'Ada called: the address was mistyped',
    },
  ]);
  const told = await suite.onboard(['decisions', reference]);
  expect(told.stdout).toMatch(/createAccount +Invalid +retry +night shift +Ada called: the address was mistyped$/m);
  expect(await suite.onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed' });
});

test('signals, mail, code and eID link', async () => {
  const reference = await begin({ identification: { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } });
  await waitFor(reference, 'emailVerified');
  expect(await suite.onboard(['eid-link', reference])).toMatchObject({ code: 3, stdout: '' });
  expect(await suite.onboard(['resend', reference])).toMatchObject({ code: 0 });
  expect(await suite.onboard(['signal', 'email-verified', reference])).toMatchObject({ code: 0 });
  expect(await suite.onboard(['confirm-email', reference, 'wrong'])).toMatchObject({ code: 4 });
  expect(await suite.onboard(['confirm-email', reference, '-'], 'right\n')).toMatchObject({ code: 0 });
  await waitFor(reference, 'identification');
  const { stdout } = await suite.onboard(['eid-link', reference]);
  expect(stdout).toMatch(/^https:\/\/eid\.example\/\d\n$/);
  const renewed = await suite.onboard(['eid-link', reference, '--renew', '--json']);
  expect(renewed.json).toEqual([{ provider: 'defentry', reference, link: expect.stringMatching(/^https:/) }]);
  expect(await suite.onboard(['signal', 'eid-completed', reference])).toMatchObject({ code: 0 });
  // Reported before the provider shows it: a run that has looked by itself is over, and takes no signal.
  suite.provider.eid = 'completed';
  expect(await suite.onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed' });
});

test('members and cancel', async () => {
  const reference = await begin({ kind: 'family' });
  await waitFor(reference, 'emailVerified');
  const member = { reference: 'partner', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };
  expect(await suite.onboard(['add-member', reference, '-'], JSON.stringify(member))).toMatchObject({ code: 0 });
  await eventually(
    () => suite.onboard(['status', `defentry/${reference}/partner`]),
    ({ code, stdout }) => code === 0 && stdout.includes('Invitation accepted'),
  );
  expect(await suite.onboard(['remove-member', reference, 'partner'])).toMatchObject({ code: 0 });
  const words = ['--by', 'night shift', '--reason', 'the customer has left'];
  expect(await suite.onboard(['cancel', reference, ...words])).toMatchObject({ code: 0 });
  expect(await suite.onboard(['watch', reference])).toMatchObject({ code: 6 });
  expect((await suite.onboard(['decisions', reference])).stdout).toMatch(/cancel +night shift +the customer has left/);
  expect(await suite.onboard(['cancel', reference])).toMatchObject({ code: 4 });
});

test('list: rows, and documents with stable names', async () => {
  const reference = await begin();
  const filter = [
    '--provider',
    'defentry',
    '--stage',
    'verifyEmail',
    '--waiting-for',
    'emailVerified',
    '--status',
    'running',
  ];
  const { json } = await eventually(
    () => suite.onboard(['list', ...filter, '--json']),
    (ran) => ran.json.some((run) => run.reference === reference),
  );
  expect(json.find((run) => run.reference === reference)).toEqual({
    provider: 'defentry',
    reference,
    type: 'onboarding',
    workflowId: `onboarding.defentry.${reference}`,
    runId: expect.any(String),
    status: 'running',
    stage: 'verifyEmail',
    waitingFor: 'emailVerified',
    deadline: instant,
    startedAt: instant,
  });
  const shown = await suite.onboard(['list', ...filter]);
  expect(shown.stdout).toMatch(new RegExp(`^defentry/${reference} +running +verifyEmail +emailVerified`, 'm'));
});
