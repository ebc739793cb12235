import { createClient } from '../../../activities/facilioo/client.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

type Page = { items: { id: number }[]; [field: string]: unknown };

/** The ids read from a list whose pages `body` makes by number. */
async function read(body: (page: number) => Page, kind: 'list' | 'search' = 'list'): Promise<string[]> {
  server.handle(({ path }, response) => {
    if (path.startsWith('/api/auth/')) return answer(response, 200, { accessToken: 't' });
    answer(response, 200, body(Number(new URL(path, server.url).searchParams.get('pageNumber'))));
  });
  const { accounts } = createClient(configFor(server.url));
  const ids: string[] = [];
  for await (const { id } of kind === 'list' ? accounts.list() : accounts.search({ email: 'e' })) ids.push(id);
  return ids;
}

const items = (...ids: number[]) => ids.map((id) => ({ id }));
const asked = () => server.received.slice(1).map(({ method, path }) => `${method} ${path}`);
const SIX = ['10', '11', '20', '21', '30', '31'];
const two = (page: number) => items(page * 10, page * 10 + 1);

test.each<[string, (page: number) => Page]>([
  ['hasNextPage', (page) => ({ items: two(page), pageNumber: page, hasNextPage: page < 3 })],
  ['totalPages', (page) => ({ items: two(page), pageNumber: page, totalPages: 3 })],
  ['totalPages, though hasNextPage says no', (page) => ({ items: two(page), totalPages: 3, hasNextPage: false })],
  ['an empty page past the end', (page) => ({ items: page < 4 ? two(page) : [], hasNextPage: true })],
])('all pages are read, by %s (contract, section 2.2)', async (_, body) => {
  expect(await read(body)).toEqual(SIX);
});

test('the greatest page is asked for, from 1 on (section 2.2); a search is paged in the query too (section 11, point 1)', async () => {
  const body = (page: number) => ({ items: two(page), hasNextPage: page < 2 });
  await read(body);
  expect(asked()).toEqual([1, 2].map((page) => `GET /api/accounts?pageNumber=${page}&pageSize=100`));
  await read(body, 'search');
  expect(asked()).toEqual([1, 2].map((page) => `POST /api/accounts/search?pageNumber=${page}&pageSize=100`));
});

test('an empty list (contract, section 2.2)', async () => {
  expect(await read(() => ({ items: [], pageNumber: 1, totalPages: 0, hasNextPage: false }))).toEqual([]);
});

test('what moves to the next page while the list is read comes once (section 10, stable order)', async () => {
  const pages = [items(3, 2), items(2, 1), items(1)];
  const body = (page: number) => ({ items: pages[page - 1] ?? [], hasNextPage: page < 3 });
  expect(await read(body)).toEqual(['3', '2', '1']);
});

test.each<[string, (page: number) => Page, number]>([
  ['answers page 1 whatever is asked', () => ({ items: two(1), pageNumber: 1, hasNextPage: true }), 2],
  ['repeats a page and promises more', () => ({ items: two(1), hasNextPage: true }), 2],
  ['does not tell whether another page follows', (page) => ({ items: two(page) }), 1],
  ['never ends', (page) => ({ items: two(page), hasNextPage: true }), 1_000],
])('a list that %s is a contract violation (contract, sections 2.2 and 10)', async (_, body, calls) => {
  await expect(read(body)).rejects.toMatchObject({ code: 'ContractViolation', vendorCode: 'PAGING' });
  expect(asked()).toHaveLength(calls);
});
