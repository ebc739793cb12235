import { correct, resolve } from '../../../contract/messages.ts';
import { permanent, transient } from '../scripted-provider.ts';
import { openSuite, stepStatus, type Suite } from '../suite.ts';

const HOUR = 3_600_000;
let suite: Suite;
afterEach(() => suite.close());

const decide = (action: 'retry' | 'skip' | 'abort', step = 'createAccount', words: object = {}) => ({
  args: [{ step, action, ...words }] as [never],
});

it('waits for an operator when the provider refuses the data; corrected and retried, it goes on', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  suite.provider.fail('createAccount', permanent('Invalid', 'refused (422, fields plan_id).'));
  suite.temporal.startClock = 'real';
  const run = await suite.start();
  const story = await run.until(({ attention }) => attention !== undefined);
  expect(story.attention).toMatchObject({
    step: 'createAccount',
    code: 'Invalid',
    sentence: 'refused (422, fields plan_id).',
    allowed: ['retry', 'abort'],
  });
  expect(story.next).toMatch(/^createAccount needs a decision \(Invalid\): retry, abort; without one/);
  await run.handle.executeUpdate(correct, { args: [{ path: 'person.email', value: 'right@example.com' }] });
  await run.handle.executeUpdate(resolve, decide('retry'));
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  const after = await run.progress();
  expect(after.steps.find(({ name }) => name === 'createAccount')).toMatchObject({ status: 'done', restarts: 1 });
  expect(after.attention).toBeUndefined();
});

it('calls for an operator after an hour of technical failures, goes on retrying, and recovers by itself', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.verified = true;
  suite.provider.failForever('createAccount', transient('Unavailable'));
  const run = await suite.start();
  await run.until(({ steps }) => steps.some(({ status }) => status === 'running'));
  await suite.temporal.fastForward(run.id, 1.5 * HOUR);
  const story = await run.until(({ attention }) => attention !== undefined);
  expect(story.attention).toMatchObject({ step: 'createAccount', code: 'Unavailable' });
  const tries = suite.provider.attempts.length;
  await suite.temporal.fastForward(run.id, 2 * HOUR);
  expect(suite.provider.attempts.length).toBeGreaterThan(tries);
  suite.provider.failForever('createAccount', undefined);
  await suite.temporal.skipToEnd(run.id);
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
  expect(suite.provider.effects).toEqual(['createAccount']);
});

it('says from the second call on that it has asked before, and names the customer when it takes the account back', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail(
    'createAccount',
    transient('UnknownOutcome'),
    permanent('ContractViolation'),
    permanent('Conflict'),
  );
  const existingCustomer = { customerNumber: 'A-4711', zipCode: '27567' };
  const run = await suite.start({ existingCustomer });
  await run.until(({ attention }) => attention?.code === 'ContractViolation');
  await run.handle.executeUpdate(resolve, decide('retry'));
  await run.until(({ attention }) => attention?.code === 'Conflict');
  expect(suite.provider.asked).toEqual(['no', 'no', 'yes']);
  await run.handle.executeUpdate(resolve, decide('abort'));
  expect(await run.result()).toMatchObject({ outcome: 'aborted', account: 'none' });
  expect(suite.provider.removed).toEqual([
    { reference: run.reference, person: { email: 'ada@example.com' }, existingCustomer },
  ]);
});

it('decides by a decision that is sent twice only the call for an operator that it names', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start();
  const { attention } = await run.until((story) => story.attention !== undefined);
  const { call } = attention!;
  await run.handle.executeUpdate(resolve, decide('retry', 'createAccount', { call }));
  await run.until((story) => story.attention?.call === call + 1);
  await expect(run.handle.executeUpdate(resolve, decide('retry', 'createAccount', { call }))).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: expect.stringMatching(/^call: has been decided/) },
  });
  expect((await run.progress()).attention).toBeDefined();
  await run.handle.terminate();
});

it('calls for an operator though the policy allows no time at all', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('createAccount', transient('Unavailable'));
  const run = await suite.start({ policy: { attention: { after: 'PT0S', retryEvery: 'PT0S' } } });
  expect((await run.until(({ attention }) => attention !== undefined)).attention).toMatchObject({
    step: 'createAccount',
  });
  await run.handle.cancel();
  await run.result().catch(() => undefined);
});

it('retries at once when the operator says so, though a slow retry is under way', async () => {
  suite = await openSuite({}, { clock: 'frozen' });
  suite.provider.verified = true;
  suite.provider.failForever('createAccount', transient('Unavailable'));
  const run = await suite.start();
  await run.until(({ steps }) => steps.some(({ status }) => status === 'running'));
  await suite.temporal.fastForward(run.id, 1.1 * HOUR);
  await run.until(({ attention }) => attention !== undefined);
  suite.provider.failForever('createAccount', undefined);
  await run.handle.executeUpdate(resolve, decide('retry'));
  expect(await run.result()).toMatchObject({ outcome: 'completed' });
});

it('leaves a step out that may be skipped, and lists it', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.fail('enableSsnMonitoring', permanent('Forbidden'));
  const run = await suite.start({
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' },
    ssnMonitoring: true,
  });
  await run.until(({ attention }) => attention !== undefined);
  await run.handle.executeUpdate(resolve, decide('skip', 'enableSsnMonitoring'));
  expect(await run.result()).toMatchObject({
    outcome: 'completed-with-gaps',
    gaps: [{ step: 'enableSsnMonitoring', reason: 'skipped' }],
  });
});

it('aborts and undoes on the operator’s word', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.verified = true;
  suite.provider.fail('createAccount', permanent('ContractViolation'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  await run.handle.executeUpdate(resolve, decide('abort'));
  expect(await run.result()).toMatchObject({
    outcome: 'aborted',
    account: 'none',
    reason: { code: 'ContractViolation' },
  });
  expect(suite.provider.effects).toEqual(['removeAccount by reference']);
});

it('aborts by itself when nobody decides for 30 days', async () => {
  suite = await openSuite();
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start();
  expect(await run.result()).toMatchObject({ outcome: 'aborted', account: 'none' });
  expect(stepStatus(await run.progress(), 'createAccount')).toBe('failed');
});

it.each([
  ['a step that needs none', decide('retry', 'verifyEmail'), /needs no decision/],
  ['an action that is not allowed', decide('skip'), /must be one of retry, abort/],
  ['an empty reason', decide('retry', 'createAccount', { reason: '' }), /^reason: must be a text of 1 to 500/],
  ['a name that is none', decide('retry', 'createAccount', { by: 7 }), /^by: must be a text of 1 to 500/],
])('refuses a decision on %s', async (_, update, sentence) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.failForever('createAccount', permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention !== undefined);
  await expect(run.handle.executeUpdate(resolve, update)).rejects.toMatchObject({
    cause: { type: 'UpdateRefused', message: expect.stringMatching(sentence) },
  });
  await run.handle.terminate();
});

it.each(['RequestRefused', 'EmailTaken', 'AccountNotOurs'])('ends rejected on %s and leaves nothing', async (code) => {
  suite = await openSuite();
  suite.provider.fail(code === 'RequestRefused' ? 'checkRequest' : 'checkUniqueness', permanent(code, 'planId: …'));
  const run = await suite.start();
  const reason = code === 'RequestRefused' ? { code, sentence: 'planId: …' } : { code };
  expect(await run.result()).toMatchObject({ outcome: 'rejected', account: 'none', reason });
  expect(suite.provider.effects).toEqual([]);
});

it.each(['EmailTaken', 'AccountNotOurs', 'Invalid'])(
  'touches no account when creation was refused: %s',
  async (code) => {
    suite = await openSuite({ remove: false, deactivate: false });
    suite.provider.failForever('createAccount', permanent(code));
    const run = await suite.start({ policy: { attention: { deadline: 'P1D' } } });
    expect(await run.result()).toMatchObject({ account: 'none', reason: { code } });
    expect(suite.provider.effects).toEqual([]);
  },
);

it.each([
  ['the provider refuses the address', 'EmailTaken', 'rejected'],
  ['an operator gives up what is forbidden', 'Forbidden', 'aborted'],
])('takes back an account whose creation lost its answer before %s', async (_, code, outcome) => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('createAccount', transient('UnknownOutcome'), permanent(code));
  const run = await suite.start();
  if (outcome === 'aborted') {
    await run.until(({ attention }) => attention !== undefined);
    await run.handle.executeUpdate(resolve, decide('abort'));
  }
  expect(await run.result()).toMatchObject({ outcome, account: 'none', reason: { code } });
  expect(suite.provider.effects).toEqual(['removeAccount by reference']);
});

it('lists an account whose creation lost its answer before a refusal, where the provider cannot remove it', async () => {
  suite = await openSuite({ remove: false, deactivate: false }, { clock: 'real' });
  suite.provider.fail('createAccount', transient('UnknownOutcome'), permanent('EmailTaken'));
  const run = await suite.start();
  await expect(run.result()).rejects.toMatchObject({
    cause: { type: 'UndoIncomplete', details: [{ remainder: [{ step: 'createAccount', code: 'CannotRemove' }] }] },
  });
});

it('corrects no value that a call with a lost answer may have brought to the provider', async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.fail('createAccount', transient('UnknownOutcome'), permanent('Invalid'));
  const run = await suite.start();
  await run.until(({ attention }) => attention?.code === 'Invalid');
  const update = { args: [{ path: 'person.email', value: 'other@example.com' }] as [never] };
  await expect(run.handle.executeUpdate(correct, update)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('the provider may have this value already') },
  });
  await run.handle.terminate();
});

it('takes everything back when the plan turns out to be without monitoring', async () => {
  suite = await openSuite();
  suite.provider.verified = true;
  suite.provider.fail('enableSsnMonitoring', permanent('PlanWithoutMonitoring'));
  const run = await suite.start({
    person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com', ssn: '19900101-1234' },
    ssnMonitoring: true,
  });
  expect(await run.result()).toMatchObject({ outcome: 'rejected', account: 'none' });
  expect(suite.provider.effects).toEqual(['createAccount', 'removeAccount']);
});

it('fails with the list when the undo fails', async () => {
  suite = await openSuite();
  suite.provider.failForever('removeAccount', permanent('Conflict'));
  suite.provider.failForever('awaitEmailVerified', permanent('EmailTaken'));
  const run = await suite.start();
  await expect(run.result()).rejects.toMatchObject({
    cause: { type: 'UndoIncomplete', details: [{ remainder: [{ step: 'createAccount', code: 'Conflict' }] }] },
  });
});
