import { eventually } from '../setup/eventually.ts';
import type { Send } from '../sandbox/partner.ts';
import { CRM, idOf, sender, textOf } from '../sandbox/partner.ts';
import { openDeployment, type Deployment } from './deployment.ts';
import { remaining } from './ledger.ts';
import { familyRequest, singleRequest } from './requests.ts';

const CREATE = 'POST /api/v1/account';
const ADD_MEMBER = 'POST /api/v1/account/:account_id/member';

let deployment: Deployment;
/** Another system of the same partner, which knows nothing of ours. */
let other: Send;
beforeAll(async () => {
  deployment = await openDeployment();
  const anonymous = sender(deployment.url);
  other = sender(deployment.url, textOf(await anonymous('POST', '/api/v1/crm/auth/login', CRM), 'token'));
});
afterEach(() => deployment.sandbox.faults.clear());
afterAll(() => deployment.close());

const foreign = { first_name: 'Eve', last_name: 'Other' };

/** What the ledger has on the account beside its own creation, which sends a mail or activates. */
function touched(accountId: string): string[] {
  const effects = deployment.sandbox.ledger.entries({ accountId }).map(({ effect }) => effect);
  return effects.slice(1).filter((effect) => effect !== 'mail.sent' && effect !== 'account.activated');
}

test.each<[string, object]>([
  ['without an external id', {}],
  ['under another external id', { external_id: 'somebody-elses' }],
])('an account with our address %s is neither adopted nor touched', async (_, naming) => {
  const request = singleRequest();
  const taken = idOf(await other('POST', '/api/v1/account', { ...foreign, email: request.person.email, ...naming }));
  const { provider, reference } = await deployment.onboardings.start(request);
  const result = await deployment.onboardings.result(provider, reference);
  expect(result).toMatchObject({ outcome: 'rejected', account: 'none', reason: { code: 'EmailTaken' } });
  expect(touched(taken)).toEqual([]);
  expect(remaining(deployment.sandbox, reference)).toEqual([]);
});

test('an account under our reference with another address, there before, is left alone', async () => {
  const request = singleRequest();
  const account = { ...foreign, email: 'eve-before@example.com', external_id: request.reference };
  const taken = idOf(await other('POST', '/api/v1/account', account));
  const { provider, reference } = await deployment.onboardings.start(request);
  const result = await deployment.onboardings.result(provider, reference);
  expect(result).toMatchObject({ outcome: 'rejected', account: 'none', reason: { code: 'AccountNotOurs' } });
  expect(touched(taken)).toEqual([]);
});

describe('an account that comes up while ours is being created', () => {
  test.each<[string, (request: ReturnType<typeof singleRequest>) => object, string]>([
    ['our address', ({ person }) => ({ email: person.email }), 'EmailTaken'],
    [
      'our reference and another address',
      ({ reference }) => ({ email: 'eve-meanwhile@example.com', external_id: reference }),
      'AccountNotOurs',
    ],
    [
      'our reference and no address',
      ({ reference }) => ({ phone: '+46701234567', external_id: reference }),
      'AccountNotOurs',
    ],
  ])('with %s is left alone by the undo', async (_, fields, code) => {
    const { sandbox, onboardings } = deployment;
    const request = singleRequest();
    const down = sandbox.faults.add({ kind: 'html-503', route: CREATE });
    const { provider, reference } = await onboardings.start(request);
    await eventually('the first try to create', () => down.fired === 1);
    const taken = idOf(await other('POST', '/api/v1/account', { ...foreign, ...fields(request) }));
    const result = await onboardings.result(provider, reference);
    expect(result).toMatchObject({ outcome: 'rejected', account: 'none', reason: { code } });
    expect(touched(taken)).toEqual([]);
  });

  test('under our reference is left alone when the run is cancelled', async () => {
    const { sandbox, onboardings } = deployment;
    const request = singleRequest();
    const down = sandbox.faults.add({ kind: 'html-503', route: CREATE });
    const { provider, reference } = await onboardings.start(request);
    await eventually('the first try to create', () => down.fired === 1);
    // So that nobody has seen the account when the run is cancelled.
    const blind = sandbox.faults.add({
      kind: 'server-error',
      route: 'GET /api/v1/account/external-id/:external_id',
      probability: 1,
    });
    const account = { ...foreign, email: 'eve-cancel@example.com', external_id: reference };
    const taken = idOf(await other('POST', '/api/v1/account', account));
    await onboardings.cancel(provider, reference);
    sandbox.faults.remove(blind.id);
    await expect(onboardings.result(provider, reference)).rejects.toThrow('cancelled and undone');
    expect(touched(taken)).toEqual([]);
  });
});

test('a foreign member under our reference is left alone, and our own are taken back', async () => {
  const { sandbox, onboardings } = deployment;
  const request = familyRequest({ watchlists: [], ssnMonitoring: false });
  const down = sandbox.faults.add({ kind: 'html-503', route: ADD_MEMBER });
  const { provider, reference } = await onboardings.start(request);
  await eventually('the first try to add', () => down.fired === 1);
  const account = sandbox.ledger.entries({ externalId: reference, effect: 'account.created' })[0]!.accountId;
  const body = { ...foreign, email: 'eve-member@example.com', external_id: `${reference}.m1` };
  const taken = idOf(await other('POST', `/api/v1/account/${account}/member`, body));
  await eventually('the member’s end', async () =>
    (await onboardings.progress(provider, reference)).members.some(({ status }) => status !== 'open'),
  );
  expect((await onboardings.progress(provider, reference)).members).toMatchObject([
    { status: 'gap', code: 'AccountNotOurs' },
  ]);
  await onboardings.cancel(provider, reference);
  await expect(onboardings.result(provider, reference)).rejects.toThrow('cancelled and undone');
  expect(touched(taken)).toEqual([]);
  expect(remaining(sandbox, reference)).toEqual([`${reference}.m1`]);
});
