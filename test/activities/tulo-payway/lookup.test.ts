import { OWN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { FixedAnswers, PENDING, account, mapped } from './fixed-answers.ts';
import type { Answer, Answers } from './fixed-answers.ts';

const vendor = new FixedAnswers();
beforeAll(() => vendor.start());
afterAll(() => vendor.stop());
afterEach(closeDesks);

describe('5.6, 17.20 an archived account that keeps its identity mapping', () => {
  const archived = account({ status: 'archived', email: null });

  test('is not adopted: the next one has the next external id', async () => {
    const steps = vendor.steps({
      [mapped('ref-1')]: archived,
      [mapped('ref-1.2')]: archived,
      'POST /v2/accounts': [201, { id: 'new' }],
      'GET /v1/accounts/pending_verification_request': PENDING,
    });
    expect(await steps.createAccount({ request: requestFor() })).toMatchObject({ accountId: 'new', created: true });
    expect(vendor.sent('POST', '/v2/accounts')[0]?.body).toMatchObject({
      external_ids: { 'durable-onboarding': 'ref-1.3' },
    });
  });

  test('does not hide the one that came after it', async () => {
    const steps = vendor.steps({
      [mapped('ref-1')]: archived,
      [mapped('ref-1.2')]: account({ id: 'second' }),
      'GET /v1/accounts/pending_verification_request': PENDING,
    });
    expect(await steps.createAccount({ request: requestFor() })).toMatchObject({ accountId: 'second', created: false });
  });

  test('is archived once', async () => {
    const steps = vendor.steps({ [mapped('ref-1')]: archived });
    await steps.removeAccount(OWN);
    expect(vendor.sent('DELETE')).toHaveLength(0);
  });

  test('without end is given up', async () => {
    const steps = vendor.steps({ 'GET /v1/accounts': archived });
    expect(await failureOf(steps.createAccount({ request: requestFor() }))).toMatchObject({ type: 'Conflict' });
  });

  test('has freed its address (5.6), an inactive one has not (5.5, 17.27)', async () => {
    const taken = (status: string) => {
      const steps = vendor.steps({ 'GET /v1/accounts/status': [200, { item: { status } }] });
      return steps.checkUniqueness({ request: requestFor() });
    };
    expect(await taken('archived')).toEqual({ uniqueness: 'free' });
    expect(await failureOf(taken('inactive'))).toMatchObject({ type: 'EmailTaken' });
  });
});

describe('11 ours is only what shows the address that we gave', () => {
  test.each([[{ email: undefined }], [{ email: null }], [{ email: '' }], [{ email: 'other@example.com' }]])(
    '%j is not adopted, and not archived',
    async (shown) => {
      const steps = vendor.steps({ [mapped('ref-1')]: account(shown) });
      expect(await failureOf(steps.createAccount({ request: requestFor() }))).toMatchObject({ type: 'AccountNotOurs' });
      await steps.removeAccount(OWN);
      expect([...vendor.sent('POST', '/v2/accounts'), ...vendor.sent('DELETE')]).toHaveLength(0);
    },
  );

  test('in another case it is (17.23)', async () => {
    const steps = vendor.steps({
      [mapped('ref-1')]: account({ email: 'Anna@Example.com' }),
      'GET /v1/accounts/pending_verification_request': PENDING,
    });
    expect(await steps.createAccount({ request: requestFor() })).toMatchObject({ created: false });
  });
});

describe('15.5, 17.2 a refused creation', () => {
  const status = 'GET /v1/accounts/status';
  test.each<[string, Answer, Answers, string]>([
    ['409 naming the address', [409, { code: 'x', field: 'contact_email' }], {}, 'EmailTaken'],
    ['409 naming the SSN', [409, { code: 'x', field: 'ssn' }], {}, 'SsnTaken'],
    [
      '409 naming nothing, address known',
      [409, { code: 'x' }],
      { [status]: [200, { item: { status: 'active' } }] },
      'EmailTaken',
    ],
    ['409 naming nothing, nothing known', [409, { code: 'x' }], {}, 'Conflict'],
    [
      '409 naming nothing, SSN known',
      [409, { code: 'x' }],
      { 'GET /v1/accounts?social_security_number=620817-9256': account({}) },
      'SsnTaken',
    ],
    ['400 about the form of the address', [400, { code: 'invalid_parameter', field: 'email' }], {}, 'Invalid'],
    ['400 about something else', [400, { code: 'invalid_parameter', field: 'birth_date' }], {}, 'Invalid'],
    ['400 about an unknown name', [400, { code: 'unknown_parameter' }], {}, 'ContractViolation'],
  ])('%s', async (_, creation, rest, type) => {
    const steps = vendor.steps({ 'POST /v2/accounts': creation, ...rest });
    expect(await failureOf(steps.createAccount({ request: requestFor({ ssn: '196208179256' }) }))).toMatchObject({
      type,
    });
  });
});

test('5.5 an inactive account is not active', async () => {
  const desk = await openDesk();
  const accountId = await desk.account();
  desk.act('verify-email');
  desk.sandbox.administration.inactivate(accountId);
  expect(await desk.steps.readAccount({ accountId })).toMatchObject({ active: 'no', emailVerified: 'yes' });
});
