import { eventually } from '../workflows/suite.ts';
import { singleRequest } from '../client/suite.ts';
import { openGatewaySuite, type GatewaySuite } from './suite.ts';

let suite: GatewaySuite;
beforeAll(async () => {
  suite = await openGatewaySuite();
});
afterAll(() => suite.close());

const list = (query: string) => suite.gateway.call('GET', `/v1/onboardings?${query}`);

interface Page {
  runs: { reference: string; provider: string }[];
  next?: string;
}

/** Every page of a list, one after the other. */
async function pages(query: string): Promise<Page[]> {
  const found: Page[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await list(`${query}${cursor && `&cursor=${cursor}`}`);
    expect(status).toBe(200);
    found.push(body);
    if (body.next === undefined) return found;
    cursor = body.next;
  }
}

test('pages hold every run once, newest first', async () => {
  // No other suite has runs of this provider that wait at their first step: nobody hosts its queue here.
  const references = Array.from({ length: 7 }, () => singleRequest().reference);
  for (const reference of references) {
    await suite.onboardings.start(singleRequest({ provider: 'tulo-payway', reference }));
  }
  const query = 'provider=tulo-payway&stage=checkRequest&status=running&limit=3';
  const found = await eventually(
    () => pages(query),
    (all) => references.every((each) => all.some(({ runs }) => runs.some(({ reference }) => reference === each))),
  );
  const all = found.flatMap(({ runs }) => runs.map(({ reference }) => reference));
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((each) => references.includes(each))).toEqual(references.toReversed());
  expect(found[0]!.runs).toHaveLength(3);
  for (const reference of references) await suite.onboardings.cancel('tulo-payway', reference);
});

test('a run in the list is what reading it by itself gives', async () => {
  const { reference } = await suite.onboardings.start(singleRequest());
  const one = await eventually(
    async () => {
      const { body } = await list('provider=defentry&waitingFor=emailVerified&limit=200');
      return body.runs.find((run: Page['runs'][number]) => run.reference === reference);
    },
    (run) => run !== undefined,
  );
  expect((await suite.gateway.call('GET', `/v1/onboardings/defentry/${reference}`)).body).toEqual(one);
});

describe('a cursor', () => {
  const first = async () => String((await list('limit=1')).body.next);
  const refused = [
    {
      field: 'cursor',
      message: 'must be the "next" of the page before, with the same filter; leave it out to begin anew.',
    },
  ];

  test.each<[string, (cursor: string) => string]>([
    ['of another filter', (cursor) => `limit=1&status=failed&cursor=${cursor}`],
    [
      'that was changed',
      (cursor) => `limit=1&cursor=${cursor.slice(0, 60)}${cursor[60] === 'A' ? 'B' : 'A'}${cursor.slice(61)}`,
    ],
    ['that was cut', (cursor) => `limit=1&cursor=${cursor.slice(0, 100)}`],
    ['that was never one', () => 'limit=1&cursor=AAAA'],
  ])('%s is refused', async (_, query) => {
    await suite.onboardings.start(singleRequest());
    const { status, body } = await list(query(await eventually(first, (cursor) => cursor !== 'undefined')));
    expect([status, body.errors]).toEqual([400, refused]);
  });
});

test.each([
  ['limit=0', 'limit', 'must be a whole number from 1 to 200; correct it or leave it out.'],
  ['limit=1e9', 'limit', 'must be a whole number from 1 to 200; correct it or leave it out.'],
  ['status=CANARY', 'status', expect.stringMatching(/^must be one of running, /)],
  ['status=failed&status=running', 'status', expect.stringMatching(/^must be one of running, /)],
  ['members=CANARY', 'members', 'must be one of true, false; correct it.'],
  ['customer=1', 'customer', 'is not a known field; correct its name or remove it.'],
])('%s is refused', async (query, field, message) => {
  const { status, body, text } = await list(query);
  expect([status, body.errors]).toEqual([400, [{ field, message }]]);
  expect(text).not.toContain('CANARY');
});
