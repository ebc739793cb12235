import { createClient } from '../../../activities/defentry/client.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Serves the list; `body` makes the page of the given number. */
function serve(body: (page: number) => object): Promise<{ id: string }[]> {
  server.handle(({ path }, response) => {
    if (path.endsWith('/login')) return answer(response, 200, { token: 't' });
    const page = Number(new URL(path, server.url).searchParams.get('page') ?? 1);
    return answer(response, 200, body(page));
  });
  return createClient(configFor(server.url)).members.list('7');
}

const data = (page: number) => [{ id: page * 10 }, { id: page * 10 + 1 }];
const next = (page: number) => `${server.url}/api/v1/account/7/members?page=${page + 1}`;

test.each<[string, (page: number) => object]>([
  ['links', (page) => ({ data: data(page), links: { next: page < 3 ? next(page) : null } })],
  ['relative links', (page) => ({ data: data(page), links: { next: page < 3 ? `?page=${page + 1}` : null } })],
  ['meta', (page) => ({ data: data(page), meta: { current_page: page, last_page: 3 } })],
])('all pages are read, by %s', async (_, body) => {
  expect((await serve(body)).map(({ id }) => id)).toEqual(['10', '11', '20', '21', '30', '31']);
  expect(server.received).toHaveLength(4);
});

test('a list without pages is read at once', async () => {
  expect(await serve(() => data(1))).toHaveLength(2);
  expect(server.received).toHaveLength(2);
});

test.each<[string, (page: number) => string]>([
  ['another host', (page) => `https://elsewhere.example/api/v1/account/7/members?page=${page + 1}`],
  ['http and a host of the inside', (page) => `http://10.0.0.7:8080/members?page=${page + 1}&per_page=15`],
])('of a link to %s only the page is taken', async (_, link) => {
  const found = await serve((page) => ({ data: data(page), links: { next: page < 3 ? link(page) : null } }));
  expect(found.map(({ id }) => id)).toEqual(['10', '11', '20', '21', '30', '31']);
  expect(server.received).toHaveLength(4);
});

test('a list that is shorter than it says is not whole', async () => {
  const told = { meta: { current_page: 1, last_page: 1, total: 3 } };
  await expect(serve(() => ({ data: [], ...told }))).rejects.toMatchObject({
    code: 'Unavailable',
    vendorCode: 'LIST_INCOMPLETE',
  });
});

test.each<[string, (page: number) => string]>([
  ['the same page', () => `${server.url}/api/v1/account/7/members?page=1`],
  ['no page', () => `${server.url}/api/v1/account/7/members`],
])('a link to %s is a contract violation, and not followed', async (_, link) => {
  await expect(serve((page) => ({ data: data(page), links: { next: link(page) } }))).rejects.toMatchObject({
    code: 'ContractViolation',
  });
  expect(server.received).toHaveLength(2);
});

test.each<[string, (page: number) => object]>([
  ['meta alone', () => ({ meta: { current_page: 1, last_page: 3 } })],
  ['links too', (page) => ({ meta: { current_page: 1 }, links: { next: next(page) } })],
])('9.7: another page than the one asked for is a contract violation, told by %s', async (_, told) => {
  await expect(serve((page) => ({ data: data(1), ...told(page) }))).rejects.toMatchObject({
    code: 'ContractViolation',
    vendorCode: 'PAGING',
  });
  expect(server.received).toHaveLength(3);
});

test('a list without end is given up', async () => {
  await expect(serve((page) => ({ data: [], links: { next: next(page) } }))).rejects.toMatchObject({
    vendorCode: 'PAGING',
  });
  expect(server.received).toHaveLength(201);
});
