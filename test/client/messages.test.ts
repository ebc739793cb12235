import { eventually } from '../workflows/suite.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { errorOf, openClientSuite, reset, singleRequest, type ClientSuite } from './suite.ts';

let suite: ClientSuite;
beforeAll(async () => {
  suite = await openClientSuite();
});
beforeEach(() => reset(suite));
afterAll(() => suite.close());

const member = { reference: 'partner', person: { firstName: 'Bo', lastName: 'Test', email: 'bo@example.com' } };
const eid = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;

/** Starts, and answers when the run waits for that. */
async function waitingFor(wait: string, changes: Parameters<typeof singleRequest>[0] = {}): Promise<string> {
  const { reference } = singleRequest();
  await suite.onboardings.start(singleRequest({ reference, ...changes }));
  await eventually(
    () => suite.onboardings.progress('defentry', reference),
    (story) => (wait === 'operator' ? story.attention !== undefined : story.wait?.for === wait),
  );
  return reference;
}

test('e-mail, eID and result: the story of a customer without SSN', async () => {
  const { onboardings, provider } = suite;
  const reference = await waitingFor('emailVerified', { identification: eid, ssnMonitoring: true });
  await onboardings.resendVerification('defentry', reference);
  expect(provider.effects).toContain('sendVerification');
  expect(await onboardings.confirmEmail('defentry', reference, { code: 'wrong' })).toEqual({ confirmed: false });
  expect(await onboardings.confirmEmail('defentry', reference, { code: 'right' })).toEqual({ confirmed: true });
  const { link } = await eventually(
    () => onboardings.eidLink('defentry', reference),
    (answer) => answer.link !== undefined,
  );
  const renewed = await onboardings.renewEidLink('defentry', reference);
  expect(renewed.link).not.toBe(link);
  expect(await onboardings.eidLink('defentry', reference)).toEqual(renewed);
  provider.eid = 'completed';
  await onboardings.eidCompleted('defentry', reference, { eventId: 'back' });
  expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed' });
});

test('members: added, accepted, removed', async () => {
  const { onboardings, provider } = suite;
  const reference = await waitingFor('emailVerified', { kind: 'family' });
  await onboardings.addMember('defentry', reference, member);
  await onboardings.addMember('defentry', reference, { ...member, reference: 'child' });
  await eventually(
    () => onboardings.memberProgress('defentry', reference, 'partner'),
    (story) => story.wait?.for === 'memberAccepted',
  );
  await onboardings.removeMember('defentry', reference, { member: 'child' });
  provider.verified = true;
  provider.accepted.add('partner');
  await onboardings.emailVerified('defentry', reference, { eventId: 'clicked' });
  await onboardings.memberAccepted('defentry', reference, { eventId: 'accepted', member: 'partner' });
  const result = await onboardings.result('defentry', reference);
  expect(result).toMatchObject({ outcome: 'completed', gaps: [] });
  expect(result.members.map(({ reference, status }) => `${reference} ${status}`)).toEqual([
    'partner accepted',
    'child removed',
  ]);
});

test('a member that is sent again, as after an answer that was lost, is the same member; another one is refused', async () => {
  const { onboardings } = suite;
  const reference = await waitingFor('emailVerified', { kind: 'family' });
  await onboardings.addMember('defentry', reference, member);
  await onboardings.addMember('defentry', reference, member);
  const other = { ...member, person: { ...member.person, firstName: 'Cleo' } };
  expect(await errorOf(onboardings.addMember('defentry', reference, other))).toMatchObject({
    code: 'UpdateRefused',
    message: 'member.reference: is in use in this onboarding; choose another.',
  });
  expect((await onboardings.progress('defentry', reference)).members).toHaveLength(1);
});

test('an operator corrects and retries', async () => {
  const { onboardings, provider } = suite;
  provider.fail('createAccount', permanent('Invalid'));
  provider.verified = true;
  const reference = await waitingFor('operator');
  await onboardings.correct('defentry', reference, { path: 'person.email', value: 'ada@other.example' });
  await onboardings.resolve('defentry', reference, {
    step: 'createAccount',
    action: 'retry',
    reason: 'the cause is gone',
  });
  expect(await onboardings.result('defentry', reference)).toMatchObject({ outcome: 'completed' });
});

test('an update whose workflow task Temporal threw away is sent again', async () => {
  const { onboardings, temporal } = suite;
  const reference = await waitingFor('emailVerified');
  const { workflowService } = temporal.connection;
  const update = workflowService.updateWorkflowExecution.bind(workflowService);
  const details = 'Unable to perform workflow execution update due to unexpected workflow task failure.';
  let thrownAway = 0;
  const failingOnce = (...request: Parameters<typeof update>): Promise<unknown> => {
    if (thrownAway > 0) return update(...request);
    thrownAway += 1;
    return Promise.reject(Object.assign(new Error(details), { code: 9, details, metadata: new Map() }));
  };
  Object.assign(workflowService, { updateWorkflowExecution: failingOnce });
  try {
    await onboardings.resendVerification('defentry', reference);
  } finally {
    Object.assign(workflowService, { updateWorkflowExecution: update });
  }
  expect(thrownAway).toBe(1);
});

test('a query that a worker has lost is asked again', async () => {
  const { onboardings, temporal } = suite;
  const reference = await waitingFor('emailVerified');
  const { workflowService } = temporal.connection;
  const query = workflowService.queryWorkflow.bind(workflowService);
  const details = 'context deadline exceeded';
  let lost = 0;
  const losingOnce = (...request: Parameters<typeof query>): Promise<unknown> => {
    if (lost > 0) return query(...request);
    lost += 1;
    return Promise.reject(Object.assign(new Error(details), { code: 4, details, metadata: new Map() }));
  };
  Object.assign(workflowService, { queryWorkflow: losingOnce });
  try {
    expect(await onboardings.progress('defentry', reference)).toMatchObject({ reference });
  } finally {
    Object.assign(workflowService, { queryWorkflow: query });
  }
  expect(lost).toBe(1);
});

test('a refused update carries the run’s own sentence', async () => {
  const reference = await waitingFor('emailVerified');
  const error = await errorOf(
    suite.onboardings.resolve('defentry', reference, { step: 'identify', action: 'skip', reason: 'the cause is gone' }),
  );
  expect(error).toMatchObject({
    code: 'UpdateRefused',
    reason: 'UpdateRefused',
    message: 'step: needs no decision; `progress` names the step that does.',
  });
});

test('a member that breaks a rule is refused before the run is asked', async () => {
  const error = await errorOf(suite.onboardings.addMember('defentry', 'nobody', { ...member, person: {} }));
  expect(error).toMatchObject({
    code: 'RequestInvalid',
    problems: ['person.lastName: is missing; add it.'],
  });
});

describe('a run that is not there', () => {
  const onboardings = () => suite.onboardings;
  const calls: [string, () => Promise<unknown>][] = [
    ['get', () => onboardings().get('defentry', 'nobody')],
    ['progress', () => onboardings().progress('defentry', 'nobody')],
    ['emailVerified', () => onboardings().emailVerified('defentry', 'nobody', { eventId: 'e' })],
    ['resendVerification', () => onboardings().resendVerification('defentry', 'nobody')],
    ['result', () => onboardings().result('defentry', 'nobody')],
    ['cancel', () => onboardings().cancel('defentry', 'nobody')],
    ['watch', () => onboardings().watch('defentry', 'nobody').next()],
  ];
  test.each(calls)('%s', async (_, act) => {
    expect(await errorOf(act())).toMatchObject({
      code: 'OnboardingNotFound',
      message:
        'defentry/nobody does not exist in this namespace; check provider and reference, or whether its retention has passed.',
    });
  });
});

test('a run that has ended takes no messages, but still tells its story', async () => {
  const { onboardings, provider } = suite;
  provider.verified = true;
  const { reference } = singleRequest();
  await onboardings.start(singleRequest({ reference }));
  await onboardings.result('defentry', reference);
  const ended = { code: 'OnboardingEnded' };
  expect(await errorOf(onboardings.emailVerified('defentry', reference, { eventId: 'late' }))).toMatchObject(ended);
  expect(await errorOf(onboardings.resendVerification('defentry', reference))).toMatchObject(ended);
  expect(await errorOf(onboardings.cancel('defentry', reference))).toMatchObject(ended);
  expect(await onboardings.progress('defentry', reference)).toMatchObject({ outcome: 'completed' });
});

test('an undo that leaves something behind is a failed run that lists it', async () => {
  const { onboardings, provider } = suite;
  provider.failForever('removeAccount', permanent('Forbidden'));
  const reference = await waitingFor('emailVerified');
  await onboardings.cancel('defentry', reference);
  expect(await errorOf(onboardings.result('defentry', reference))).toMatchObject({
    code: 'OnboardingFailed',
    failure: 'UndoIncomplete',
    remainder: [{ step: 'createAccount', code: 'Forbidden' }],
  });
});

test.each([
  ['acme', 'c-1', 'provider: must be one of defentry, tulo-payway, facilioo; correct it.'],
  ['defentry', 'c 1', 'reference: must be 1 to 64 letters, digits, "_" or "-"; correct it.'],
])('an address that is none is refused: %s/%s', async (provider, reference, sentence) => {
  expect(await errorOf(suite.onboardings.get(provider, reference))).toMatchObject({ problems: [sentence] });
});
