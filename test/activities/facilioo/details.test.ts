import { FACILIOO_READS } from '../../../contract/provider-capabilities.ts';
import { createFacilioo } from '../../../activities/facilioo/provider.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { configFor } from './settings.ts';

afterEach(closeDesks);

async function opened() {
  const { steps } = await openDesk();
  const { accountId } = await steps.createAccount({ request: requestFor() });
  const read = async (what: string) => (await steps.readDetail({ accountId, what })).detail;
  return { accountId, read };
}

test.each<[string, object]>([
  ['account', { email: 'erika@example.com', partyId: 4000, accountGroupId: 12, externalId: 'ref-1' }],
  ['account-group', { id: '12', name: expect.any(String) as unknown }],
  ['account-groups', [expect.objectContaining({ id: expect.any(String) as unknown })]],
  ['party', { id: '4000', accountRole: 7 }],
])('of an account can be read: %s (contract, sections 4.4, 6 and 7)', async (what, detail) => {
  const { read } = await opened();
  const found = await read(what);
  expect(Array.isArray(found) ? found.slice(0, 1) : found).toMatchObject(detail);
});

test('anything else is refused, and says what there is', async () => {
  const { read } = await opened();
  const failure = await failureOf(read('members'));
  expect(failure).toMatchObject({ type: 'RequestRefused', nonRetryable: true });
  expect(failure.message).toBe(`what: facilioo can be asked for ${FACILIOO_READS.join(', ')}; name one of them.`);
});

describe('vendor answers that the sandbox does not give by itself', () => {
  const server = new LocalServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  function stepsWith(body: object) {
    server.handle(({ path }, response) => answer(response, 200, path.endsWith('/login') ? { accessToken: 't' } : body));
    return createFacilioo(configFor(server.url)).activities;
  }

  test('of an answer only the known fields are passed on', async () => {
    const { readDetail } = stepsWith({ id: 7, email: 'a@example.com', accountGroupId: 12, partyId: 8, note: 'CANARY' });
    for (const what of ['account', 'account-group', 'party']) {
      const { detail } = await readDetail({ accountId: '7', what });
      expect(detail).toMatchObject({ id: '7' });
      expect(JSON.stringify(detail)).not.toContain('CANARY');
    }
  });

  test('an account that does not show its party needs a person', async () => {
    const { readDetail } = stepsWith({ id: 7 });
    const failure = await failureOf(readDetail({ accountId: '7', what: 'party' }));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
  });
});
