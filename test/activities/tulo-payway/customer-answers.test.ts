import type { Known } from '../../../contract/account.ts';
import { FOR_CUSTOMER, WITH_MAPPING } from './customers.ts';
import { failureOf, inActivity, requestFor } from './desk.ts';
import { FixedAnswers, PENDING, account, mapped } from './fixed-answers.ts';
import type { Answer, Answers } from './fixed-answers.ts';

const vendor = new FixedAnswers();
beforeAll(() => vendor.start());
afterAll(() => vendor.stop());

/** Numbers are sections of the Tulo Payway contract. */

const CANDIDATE = 'GET /v1/accounts/candidate';
const ACTIVATE = 'POST /v1/account/activate_candidate';
const MAP = 'POST /v1/identity_mapping';
const OF_CUSTOMER = 'GET /v1/accounts?customer_number=A-4711';
const FOUND: Answer = [200, { item: { account_candidate_id: 'c' } }];
const CONFLICT: Answer = [409, { code: 'already_activated', field: 'account_candidate' }];

/** A vendor that does all that it is asked for; `mapped('ref-1')` answers once there is a mapping. */
function willing(more: Answers = {}): Answers {
  return {
    [CANDIDATE]: FOUND,
    [ACTIVATE]: [201, {}],
    [MAP]: [200, {}],
    [OF_CUSTOMER]: account(),
    [mapped('ref-1')]: () =>
      vendor.sent('POST', 'identity_mapping').length > 0 ? account() : [404, { code: 'not_found' }],
    'GET /v1/accounts/pending_verification_request': PENDING,
    ...more,
  };
}

function open(more: Answers = {}, asked: Known = 'no', person: Parameters<typeof requestFor>[0] = {}) {
  const steps = vendor.steps(willing(more), { ...WITH_MAPPING, TULO_PAYWAY_ACCOUNT_ORIGIN: 'title' });
  return steps.createAccount({ request: requestFor(person, FOR_CUSTOMER), asked });
}

test('5.7, 9.1, 11, 14.3 what is sent: documented names, a password once, and our reference afterwards', async () => {
  const made = await open({}, 'no', { ssn: '198006108230', phone: '070-123 45 67' });
  const [activation] = vendor.sent('POST', 'activate_candidate').map(({ body }) => body as { password: string });
  const { password, ...rest } = activation!;
  expect(rest).toEqual({
    account_candidate_id: 'c',
    customer_number: 'A-4711',
    email: 'anna@example.com',
    first_name: 'Anna',
    last_name: 'Berg',
    mobile_phone_number: '0701234567',
    social_security_number: '800610-8230',
    account_origin: 'title',
  });
  expect(password).toHaveLength(47);
  expect(vendor.sent('POST', 'identity_mapping').map(({ body }) => body)).toEqual([
    { account_id: 'a', identity_key: 'durable-onboarding', value: 'ref-1' },
  ]);
  expect(vendor.sent('GET', '/v1/accounts/candidate?customer_number=A-4711&zip_code=27567')).toHaveLength(1);
  expect(made).toEqual({ accountId: 'a', created: true, verificationNeeded: true });
  expect(vendor.received.filter(({ body }) => JSON.stringify(body ?? {}).includes(password))).toHaveLength(1);
});

test('5.6, 17.20 after an archived account that keeps its mapping, the next one has the next external id', async () => {
  await open({
    [mapped('ref-1')]: account({ id: 'old', status: 'archived', email: null }),
    [mapped('ref-1.2')]: () =>
      vendor.sent('POST', 'identity_mapping').length > 0 ? account() : [404, { code: 'not_found' }],
  });
  expect(vendor.sent('POST', 'identity_mapping')[0]?.body).toMatchObject({ value: 'ref-1.2' });
});

describe('an activation', () => {
  test.each<[string, Answer, Answers, string]>([
    ['of somebody who was quicker', CONFLICT, {}, 'AccountNotOurs'],
    [
      '409 naming the address',
      [409, { code: 'x', field: 'contact_email' }],
      { [OF_CUSTOMER]: [404, { code: 'not_found' }] },
      'EmailTaken',
    ],
    [
      '409 naming the SSN',
      [409, { code: 'x', field: 'ssn' }],
      { [OF_CUSTOMER]: [404, { code: 'not_found' }] },
      'SsnTaken',
    ],
    [
      '400',
      [400, { code: 'invalid_parameter', field: 'password' }],
      { [OF_CUSTOMER]: [404, { code: 'not_found' }] },
      'Invalid',
    ],
    ['404', [404, { code: 'not_found' }], { [OF_CUSTOMER]: [404, { code: 'not_found' }] }, 'NotFound'],
  ])('refused, %s', async (_, refused, more, type) => {
    const failure = await failureOf(open({ [ACTIVATE]: refused, ...more }, 'no', { ssn: '198006108230' }));
    expect(failure).toMatchObject({ type, nonRetryable: true });
    expect(vendor.sent('POST', 'identity_mapping')).toHaveLength(0);
  });

  test('refused because an earlier one of ours was still under way: the account is ours', async () => {
    expect(await open({ [ACTIVATE]: CONFLICT }, 'yes')).toMatchObject({ accountId: 'a' });
  });

  test.each<[string, Answers]>([
    [
      'and no account shows',
      { [CANDIDATE]: [404, { code: 'not_found' }], [OF_CUSTOMER]: [404, { code: 'not_found' }] },
    ],
    ['is refused, and an account shows', { [ACTIVATE]: CONFLICT }],
    [
      'is refused, and no account shows',
      { [ACTIVATE]: [409, { code: 'x', field: 'email' }], [OF_CUSTOMER]: [404, { code: 'not_found' }] },
    ],
  ])('after one that a killed worker may have made %s: a person must tell', async (_, more) => {
    const failure = await failureOf(inActivity(() => open(more), 2));
    expect(failure).toMatchObject({ type: 'Conflict', nonRetryable: true });
    expect(failure.message).toContain('WITHOUT_REFERENCE');
    expect(vendor.sent('POST', 'identity_mapping')).toHaveLength(0);
  });

  test('that does not show yet is not known, and not made again while the candidate is gone', async () => {
    expect(await failureOf(open({ [OF_CUSTOMER]: [404, { code: 'not_found' }] }))).toMatchObject({
      type: 'UnknownOutcome',
      nonRetryable: false,
    });
    for (const gone of [CONFLICT, [404, { code: 'not_found' }] satisfies Answer]) {
      const failure = await failureOf(open({ [CANDIDATE]: gone, [OF_CUSTOMER]: [404, { code: 'not_found' }] }, 'yes'));
      expect(failure).toMatchObject({ type: 'UnknownOutcome', nonRetryable: false });
      expect(failure.message).toContain('CUSTOMER_NOT_SHOWN');
      expect(vendor.sent('POST', 'activate_candidate')).toHaveLength(0);
    }
  });

  test.each([400, 403])('whose read-back is refused (%i) is no refusal to open the account', async (status) => {
    const refused: Answer = [status, { code: 'forbidden' }];
    for (const candidate of [FOUND, [404, { code: 'not_found' }] satisfies Answer]) {
      const failure = await failureOf(
        open({ [CANDIDATE]: candidate, [OF_CUSTOMER]: refused }, candidate === FOUND ? 'no' : 'yes'),
      );
      expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    }
  });

  test('that shows another address than the one sent needs a person, and gets no mapping', async () => {
    const failure = await failureOf(open({ [OF_CUSTOMER]: account({ email: 'other@example.com' }) }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(vendor.sent('POST', 'identity_mapping')).toHaveLength(0);
  });
});

describe('11 a mapping', () => {
  test.each([400, 403])('that is refused (%i) is no refusal to open the account', async (status) => {
    const failure = await failureOf(open({ [MAP]: [status, { code: 'forbidden' }] }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  });

  test.each([
    ['nothing', [404, { code: 'not_found' }] satisfies Answer],
    ['another account', account({ id: 'b', status: 'archived' })],
  ])('by which %s is found is tried again', async (_, shown) => {
    let looks = 0;
    const first: Answers = { [mapped('ref-1')]: () => (looks++ === 0 ? [404, { code: 'not_found' }] : shown) };
    const failure = await failureOf(open(first));
    expect(failure).toMatchObject({ type: 'Unavailable', nonRetryable: false });
    expect(failure.message).toContain('READ_BACK_DIFFERS');
  });
});

test.each([400, 401, 403, 500])('15.8 a failure (%i) repeats nothing of what was sent', async (status) => {
  const failure = await failureOf(
    open(
      { [ACTIVATE]: [status, { code: 'A-4711', field: 'A-4711' }], [OF_CUSTOMER]: [404, { code: 'not_found' }] },
      'no',
      {
        ssn: '198006108230',
      },
    ),
  );
  const { password } = vendor.sent('POST', 'activate_candidate')[0]!.body as { password: string };
  const shown = JSON.stringify([failure.message, failure.stack, failure.details]);
  for (const secret of ['4711', '27567', '8230', 'anna', password]) expect(shown).not.toContain(secret);
});
