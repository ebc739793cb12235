import { randomUUID } from 'node:crypto';
import type { ChangeRequest } from '../../client/index.ts';
import { changeFingerprint } from '../../client/temporal/fingerprint.ts';
import { onRecord } from './on-record.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually } from '../workflows/suite.ts';
import { cancelled, errorOf, openClientSuite, reset, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

function changeRequest(changes: Partial<ChangeRequest> = {}): ChangeRequest {
  return {
    provider: 'defentry',
    reference: `c-${randomUUID()}`,
    changeId: `ch-${randomUUID()}`,
    change: { kind: 'upgrade-plan', planId: '2' },
    ...changes,
  };
}

/** A change that waits for the person who is to confirm the new address. */
async function waiting(): Promise<ChangeRequest> {
  const request = changeRequest({ change: { kind: 'change-email', email: 'new@example.com' } });
  suite.provider.applied.verificationNeeded = true;
  await suite.onboardings.changes.request(request);
  await eventually(
    () => suite.onboardings.changes.progress('defentry', request.reference),
    (story) => story.wait?.for === 'emailChanged',
  );
  return request;
}

const applied = (note: string) => suite.provider.effects.filter((effect) => effect === `applyChange ${note}`).length;

test('a change of an account without an open onboarding starts the run of its changes and ends with it', async () => {
  const { changes } = suite.onboardings;
  const request = changeRequest();
  const { reference, changeId } = request;
  const before = applied('upgrade-plan');
  expect(await changes.request(request)).toEqual({
    provider: 'defentry',
    reference,
    changeId,
    workflowId: `change.defentry.${reference}`,
    ahead: 0,
  });
  expect(await changes.result('defentry', reference, changeId)).toMatchObject({ kind: 'upgrade-plan', status: 'done' });
  expect(applied('upgrade-plan')).toBe(before + 1);
  const run = await eventually(
    () => changes.get('defentry', reference),
    ({ status }) => status === 'completed',
  );
  expect(run).toMatchObject({ type: 'change', provider: 'defentry', reference });
});

test('who asked for a change and why is on record, and the same asked by another is the same', async () => {
  const { changes } = suite.onboardings;
  const words = { by: 'desk 3', reason: 'the customer called' };
  const request = changeRequest();
  const { workflowId } = await changes.request({ ...request, ...words });
  await changes.result('defentry', request.reference, request.changeId);
  expect(await changes.request({ ...request, by: 'night shift' })).toMatchObject({ workflowId, ahead: 0 });
  const { changeId, change } = request;
  expect(await onRecord(suite, workflowId)).toContainEqual({
    changeId,
    change,
    ifBusy: 'wait',
    fingerprint: changeFingerprint(change),
    ...words,
  });
});

test('the same change again is the same change, while its run is open and after its end', async () => {
  const { changes } = suite.onboardings;
  const request = await waiting();
  const { reference, changeId } = request;
  const next = changeRequest({ reference, change: { kind: 'downgrade-plan', planId: '1' } });
  expect(await changes.request(next)).toMatchObject({ ahead: 1 });
  expect(await changes.request(request)).toMatchObject({ ahead: 0 });
  expect((await changes.progress('defentry', reference)).changes).toHaveLength(2);
  suite.provider.account.emailVerified = true;
  await changes.emailVerified('defentry', reference, { eventId: 'clicked' });
  expect(await changes.result('defentry', reference, next.changeId)).toMatchObject({ status: 'done' });
  await eventually(
    () => changes.get('defentry', reference),
    ({ status }) => status === 'completed',
  );
  const before = suite.provider.effects.length;
  await changes.request(request);
  expect(await changes.result('defentry', reference, changeId)).toMatchObject({ kind: 'change-email', status: 'done' });
  expect(suite.provider.effects).toHaveLength(before);
  const other = { ...request, change: { kind: 'activate' } };
  expect(await errorOf(changes.request(other))).toMatchObject({
    code: 'UpdateRefused',
    message: 'changeId: belongs to another change; choose a new one.',
  });
});

test('many at once from many places make one run, and each is done once', async () => {
  const { changes } = suite.onboardings;
  const { reference } = changeRequest();
  const requests = Array.from({ length: 6 }, () => changeRequest({ reference, change: { kind: 'activate' } }));
  const before = applied('activate');
  const held = suite.provider.hold('applyChange');
  await Promise.all([...requests, ...requests].map((request) => changes.request(request)));
  expect((await changes.progress('defentry', reference)).changes).toHaveLength(6);
  held.release();
  for (const { changeId } of requests) {
    expect(await changes.result('defentry', reference, changeId)).toMatchObject({ status: 'done' });
  }
  expect(applied('activate')).toBe(before + 6);
});

test('refused by option while another change is under way, and nothing is queued', async () => {
  const { changes } = suite.onboardings;
  const { reference, changeId } = await waiting();
  const second = changeRequest({ reference, ifBusy: 'refuse' });
  expect(await errorOf(changes.request(second))).toMatchObject({
    code: 'UpdateRefused',
    message: 'ifBusy: another change of the account is under way; wait for its end, or ask with wait to come after it.',
  });
  expect((await changes.progress('defentry', reference)).changes).toHaveLength(1);
  await changes.cancel('defentry', reference);
  // Its undo is over before the next test looks at what was done last.
  await changes.result('defentry', reference, changeId);
});

test('a cancelled change is undone, and still tells how it ended, and who cancelled it and why', async () => {
  const { changes, operator } = suite.onboardings;
  const { reference, changeId } = await waiting();
  await changes.cancel('defentry', reference, { by: 'night shift', reason: 'the address was wrong' });
  expect(await changes.result('defentry', reference, changeId)).toMatchObject({ status: 'aborted', code: 'Cancelled' });
  expect(await operator.decisions({ type: 'change', provider: 'defentry', reference })).toEqual([
    { at: expect.any(String), action: 'cancel', by: 'night shift', reason: 'the address was wrong' },
  ]);
  expect(suite.provider.effects.slice(-2)).toEqual([
    'applyChange change-email ada@example.com',
    'applyChange activate',
  ]);
  expect(await changes.get('defentry', reference)).toMatchObject({ status: 'cancelled' });
});

test('an operator decides what hangs in a change, and the reason is on record', async () => {
  const { changes, operator } = suite.onboardings;
  suite.provider.fail('applyChange', permanent('Forbidden'));
  const request = changeRequest();
  const { reference, changeId } = request;
  await changes.request(request);
  await eventually(
    () => changes.progress('defentry', reference),
    ({ attention }) => attention?.step === 'applyChange',
  );
  const run = { type: 'change', provider: 'defentry', reference } as const;
  const reason = 'the vendor has given us the right';
  await operator.resolve(run, { step: 'applyChange', action: 'retry', by: 'night shift', reason });
  expect(await changes.result('defentry', reference, changeId)).toMatchObject({ status: 'done' });
  expect(await operator.decisions(run)).toMatchObject([{ action: 'retry', by: 'night shift', reason }]);
  expect(JSON.stringify(await changes.progress('defentry', reference))).not.toContain(reason);
});

test('a change that is asked for while the onboarding is open is done by the run of its changes, for the onboarding', async () => {
  const { onboardings } = suite;
  const { reference } = singleRequest();
  await onboardings.start(singleRequest({ reference }));
  await eventually(
    () => onboardings.progress('defentry', reference),
    (story) => story.wait?.for === 'emailVerified',
  );
  const request = changeRequest({ reference });
  expect(await onboardings.changes.request(request)).toMatchObject({
    workflowId: `onboarding.defentry.${reference}`,
    ahead: 0,
  });
  expect(await onboardings.changes.result('defentry', reference, request.changeId)).toMatchObject({ status: 'done' });
  await cancelled(onboardings, reference);
  // Its undo is over before the next test looks at the account.
  await eventually(
    () => onboardings.get('defentry', reference),
    ({ status }) => status === 'cancelled',
  );
});

describe('a member, while the onboarding is open', () => {
  const member = { reference: 'early', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };

  async function onboarding() {
    const { reference } = singleRequest();
    await suite.onboardings.start(singleRequest({ reference }));
    await eventually(
      () => suite.onboardings.progress('defentry', reference),
      (story) => story.wait?.for === 'emailVerified',
    );
    return reference;
  }

  async function ended(reference: string) {
    await cancelled(suite.onboardings, reference);
    await eventually(
      () => suite.onboardings.get('defentry', reference),
      ({ status }) => status === 'cancelled',
    );
  }

  test('is the onboarding’s own, and told of by its progress alone', async () => {
    const { onboardings } = suite;
    const reference = await onboarding();
    const request = changeRequest({ reference, change: { kind: 'add-member', member } });
    expect(await onboardings.changes.request(request)).toMatchObject({
      workflowId: `onboarding.defentry.${reference}`,
      takenBy: 'onboarding',
    });
    expect((await onboardings.progress('defentry', reference)).members).toMatchObject([{ reference: 'early' }]);
    for (const name of ['find', 'result'] as const) {
      expect(await errorOf(onboardings.changes[name]('defentry', reference, request.changeId))).toMatchObject({
        code: 'UpdateRefused',
        reason: 'MadeByOnboarding',
        message: expect.stringContaining('`members` of its progress'),
      });
    }
    await ended(reference);
  });

  test('is refused by option while another change is under way', async () => {
    const { changes } = suite.onboardings;
    const reference = await onboarding();
    const held = suite.provider.hold('applyChange');
    const first = changeRequest({ reference });
    await changes.request(first);
    const second = changeRequest({ reference, change: { kind: 'add-member', member }, ifBusy: 'refuse' });
    expect(await errorOf(changes.request(second))).toMatchObject({ code: 'UpdateRefused', reason: 'Busy' });
    held.release();
    await changes.result('defentry', reference, first.changeId);
    await ended(reference);
  });
});

test('a member is added after the onboarding, and its acceptance reaches its own run', async () => {
  const { onboardings, provider } = suite;
  const member = { reference: 'late', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };
  const request = changeRequest({ change: { kind: 'add-member', member } });
  const { reference } = request;
  await onboardings.changes.request(request);
  const open = () => onboardings.memberProgress('defentry', reference, 'late');
  await eventually(open, ({ wait }) => wait?.for === 'memberAccepted');
  provider.accepted.add('late');
  await onboardings.memberAccepted('defentry', reference, { eventId: 'accepted', member: 'late' });
  await eventually(open, ({ status }) => status === 'accepted');
  expect(await onboardings.changes.result('defentry', reference, request.changeId)).toMatchObject({ status: 'done' });
});

test.each([
  ['an unknown change of a run', 'nothing-like-it', 'OnboardingNotFound'],
  ['a change that is still waiting', undefined, 'DeadlineExceeded'],
])('the result of %s', async (_, changeId, code) => {
  const { changes } = suite.onboardings;
  const request = await waiting();
  const { reference } = request;
  if (changeId) await changes.cancel('defentry', reference);
  const asked = changes.result('defentry', reference, changeId ?? request.changeId, changeId ? {} : { within: 500 });
  expect(await errorOf(asked)).toMatchObject({ code });
  if (!changeId) await changes.cancel('defentry', reference);
});

test('bad input starts nothing, and no value is repeated', async () => {
  const { changes } = suite.onboardings;
  const request = changeRequest({ change: { kind: 'change-email', email: 'not-an-address' } });
  const error = await errorOf(changes.request(request));
  expect(error).toMatchObject({ problems: ['change.email: must be an e-mail address; correct it.'] });
  expect(await errorOf(changes.get('defentry', request.reference))).toMatchObject({ code: 'OnboardingNotFound' });
  expect(await errorOf(changes.progress('acme', request.reference))).toMatchObject({ code: 'RequestInvalid' });
});

test('changes are listed when asked for, and onboardings alone otherwise', async () => {
  const { reference } = await waiting();
  const named = async (filter: object) => {
    const found: string[] = [];
    for await (const run of suite.onboardings.list(filter)) found.push(`${run.type} ${run.reference}`);
    return found;
  };
  await eventually(
    () => named({ types: ['change'], waitingFor: 'emailChanged', provider: 'defentry' }),
    (found) => found.includes(`change ${reference}`),
  );
  expect(await named({ waitingFor: 'emailChanged' })).not.toContain(`change ${reference}`);
  await suite.onboardings.changes.cancel('defentry', reference);
});
