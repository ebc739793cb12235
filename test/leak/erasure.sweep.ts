import type { ErasureCustomer, HistoriesRecord } from '../../contract/erasure.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { openClientSuite, type ClientSuite } from '../client/suite.ts';
import { keys } from '../workflows/suite.ts';
import { Canaries } from './canaries.ts';
import { openedRows } from './erased.ts';
import { removeFolder, startTemporal, type TemporalServer } from './programs.ts';
import { member, referenceOf, single } from './requests.ts';
import { searchFor } from './search.ts';

// With the key and the server's file: what is there of a customer who was erased, and of one who was not.

const canaries = new Canaries();
let server: TemporalServer;
let erased: HistoriesRecord;
let found: { source: string; canary: string }[];

beforeAll(async () => {
  server = await startTemporal();
  const suite = await openClientSuite(60_000, { clock: 'real', address: server.address });
  Object.assign(suite.provider, { verified: true });
  suite.provider.accepted.add('partner');
  try {
    for (const path of ['kept', 'erased']) await lived(suite, path);
    const { erasures, offboardings } = suite.onboardings;
    const customer = { provider: 'defentry', reference: referenceOf('erased') };
    await offboardings.start({ ...customer, keepFor: 'PT0S', policy: { eraseAfter: 'PT0S' } });
    await offboardings.result('defentry', customer.reference);
    erased = await erasures.result('defentry', customer.reference);
  } finally {
    await suite.close();
    await server.stop();
  }
  const search = searchFor(canaries.all);
  found = openedRows(server.database, parseKeyRing(keys, 'test')).flatMap(search);
});

afterAll(() => removeFolder(server));

/** An onboarding with all that it may hold, a change, and a look at what the provider shows. */
async function lived({ onboardings, provider }: ClientSuite, path: string): Promise<void> {
  const customer: ErasureCustomer = { provider: 'defentry', reference: referenceOf(path) };
  const { reference } = customer;
  provider.account.exists = true;
  provider.account.watchlistItems = canaries.watchlists(path).map(({ value }) => value);
  const request = single(canaries, path, { kind: 'family', members: [member(canaries, path, 'partner')] });
  await onboardings.start(request);
  await onboardings.result('defentry', reference);
  const email = canaries.plant(`${path}: new e-mail`, `kanarie.ny.${path}@post.example`);
  const change = { kind: 'change-email', email };
  await onboardings.changes.request({
    ...customer,
    changeId: 'mail',
    change,
    policy: { emailChanged: { deadline: 'PT1S' } },
  });
  await onboardings.changes.result('defentry', reference, 'mail');
  await onboardings.read({ ...customer });
}

const namesOf = (path: string) => canaries.all.map(({ name }) => name).filter((name) => name.startsWith(path));
const foundOf = (path: string) => found.filter(({ canary }) => canary.startsWith(path));

test('of a customer who was not erased, each value is in the live rows, and the search finds it', () => {
  const names = new Set(namesOf('kept').filter((name) => !name.includes('watched')));
  expect(new Set(foundOf('kept').map(({ canary }) => canary))).toEqual(names);
});

test('of a customer who was erased, none is: also not of what the offboarding has read', () => {
  expect(erased).toMatchObject({ outcome: 'erased', remainder: [] });
  expect(namesOf('erased').length).toBeGreaterThan(20);
  expect(foundOf('erased')).toEqual([]);
});
