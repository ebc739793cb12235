import { PROVIDER_CAPABILITIES } from '../../../contract/provider-capabilities.ts';
import { createDefentry } from '../../../activities/defentry/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { MEMBER, SSN, closeDesks, failureOf, openDesk } from './desk.ts';
import { configFor } from './settings.ts';
import { SHOWN, WATCHED } from './watched.ts';

afterEach(closeDesks);

/** An account with a member and an item on each watchlist; `read` answers the detail alone. */
async function furnished() {
  const { steps } = await openDesk();
  const person = { firstName: 'Anna', lastName: 'Berg', email: 'anna@example.com', countryCode: 'SE', ssn: SSN };
  const request = { provider: 'defentry', reference: 'ref-1', kind: 'family', person } as const;
  const { accountId } = await steps.createAccount({ request });
  await steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
  for (const item of WATCHED) await steps.enrolWatchlist({ accountId, item });
  const read = async (what: string) => (await steps.readDetail({ accountId, what })).detail;
  return { steps, accountId, read };
}

describe('3.4, 3.5, 3.7, 5: what can be read of an account', () => {
  test.each<[string, object]>([
    [
      'account',
      {
        externalId: 'ref-1',
        email: 'anna@example.com',
        profile: expect.objectContaining({ first_name: 'Anna', last_name: 'Berg' }) as unknown,
        active: 'no',
        ssnPresent: 'yes',
      },
    ],
    ['activation', { active: 'no' }],
    ['members', [expect.objectContaining({ externalId: 'ref-1.m1', email: 'bo@example.com' })]],
    ...SHOWN.map(({ kind, value }): [string, object] => [
      `${kind}-watchlist`,
      [{ id: expect.any(String) as unknown, value }],
    ]),
    ['email-leaks', { leaks: 0 }],
  ])('%s', async (what, detail) => {
    const { read } = await furnished();
    expect(await read(what)).toMatchObject(detail);
  });

  test('all that the provider says it can be asked for, and never the SSN', async () => {
    const { read } = await furnished();
    for (const what of PROVIDER_CAPABILITIES.defentry.reads)
      expect(JSON.stringify(await read(what))).not.toMatch(/19900101/);
  });

  test('anything else is refused, and says what there is', async () => {
    const { steps, accountId } = await furnished();
    for (const what of ['palm', 'constructor']) {
      const failure = await failureOf(steps.readDetail({ accountId, what }));
      expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
      expect(failure.message).toMatch(/^what: Defentry can be asked for account, [^;]+; name one of them\.$/);
    }
  });

  test('an account that is gone is not found', async () => {
    const { steps } = await furnished();
    const failure = await failureOf(steps.readDetail({ accountId: '404', what: 'account' }));
    expect(failure).toMatchObject({ type: 'NotFound' });
  });
});

describe('of an answer only what is documented is passed on', () => {
  const server = new LocalServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test.each([
    ['account', { data: { id: 7, ssn: SSN, note: 'CANARY' } }],
    ['members', { data: [{ id: 8, ssn: SSN, note: 'CANARY' }] }],
    ['email-watchlist', { data: [{ id: 9, email: 'a@example.com', note: 'CANARY' }] }],
    ['email-leaks', { data: [{ password: 'CANARY', ssn: SSN }] }],
  ])('%s', async (what, body) => {
    server.handle(({ path }, response) => answer(response, 200, path.endsWith('/login') ? { token: 't' } : body));
    const { readDetail } = createDefentry(configFor(server.url)).activities;
    const { detail } = await readDetail({ accountId: '7', what });
    expect(JSON.stringify(detail)).toMatch(/"(id|leaks)":/);
    expect(JSON.stringify(detail)).not.toMatch(/CANARY|19900101/);
  });
});
