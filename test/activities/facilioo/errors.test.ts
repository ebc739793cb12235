import { createClient } from '../../../activities/facilioo/client.ts';
import { explainWith } from '../../../activities/facilioo/errors.ts';
import { FIELD_NAMES } from '../../../activities/facilioo/fields.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const explain = explainWith({ names: { ...FIELD_NAMES, accountGroupId: 'groupId' }, htmlForbiddenBlocks: true });
const at = (status: number, headers: Record<string, string> = {}) => ({ status, headers, text: '' });

test.each<[string, unknown, string[] | undefined]>([
  [
    'problem JSON',
    { type: 't', title: 't', status: 400, errors: { email: ['text'], partyId: ['text'] } },
    ['email', 'partyId'],
  ],
  ['problem JSON in Pascal case', { Errors: { Email: ['text'], ExternalId: ['text'] } }, ['email', 'externalId']],
  ['a JSON path', { errors: { '$.partyId': ['text'] } }, ['partyId']],
  ['a replaced name', { errors: { groupId: ['text'] } }, ['accountGroupId']],
  ['a field nobody knows, which could be data', { errors: { 'erika@example.com': ['text'], colour: [] } }, []],
  ['no errors', { title: 'text', message: 'text' }, undefined],
  ['errors as a list', { errors: ['text'] }, undefined],
  ['no JSON', undefined, undefined],
  ['a list', [], undefined],
  ['null', null, undefined],
])('fields are read from %s (contract, section 10)', (_, body, fields) => {
  expect(explain(body, at(400))).toEqual(fields ? { fields } : {});
});

test.each([
  [
    'a web page with 403 is the gateway that blocks us',
    403,
    HTML,
    true,
    { code: 'Unavailable', vendorCode: 'BLOCKED' },
  ],
  ['unless that is switched off', 403, HTML, false, {}],
  ['a 403 without a page is a missing permission', 403, {}, true, {}],
  ['a page with another status says no more than the status', 404, HTML, true, {}],
] as const)('%s (contract, section 9)', (_, status, headers, htmlForbiddenBlocks, expected) => {
  expect(explainWith({ names: FIELD_NAMES, htmlForbiddenBlocks })(undefined, at(status, headers))).toEqual(expected);
});

describe('whatever comes with an error status, the call ends with its code (contract, section 9)', () => {
  const server = new LocalServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test.each([
    ['an empty 400', 400, undefined, {}, 'Invalid'],
    ['a page of 400', 400, '<h1>canary</h1>', HTML, 'Invalid'],
    ['text of 409', 409, 'canary', { 'content-type': 'text/plain' }, 'Conflict'],
    ['an empty 422', 422, undefined, {}, 'Invalid'],
    ['a page of 403', 403, '<h1>canary</h1>', HTML, 'Unavailable'],
    ['an empty 403', 403, undefined, {}, 'Forbidden'],
    ['an empty 404', 404, undefined, {}, 'NotFound'],
    ['a page of 500', 500, '<h1>canary</h1>', HTML, 'UnknownOutcome'],
    ['a page of 503', 503, '<h1>canary</h1>', HTML, 'UnknownOutcome'],
    ['a page of 200', 200, '<h1>canary</h1>', HTML, 'UnknownOutcome'],
    ['cut JSON', 200, '{"id":1', { 'content-type': 'application/json' }, 'UnknownOutcome'],
    ['a 200 without an id', 200, '{}', { 'content-type': 'application/json' }, 'ContractViolation'],
  ])('%s', async (_, status, text, headers, code) => {
    server.handle(({ path }, response) => {
      if (path.startsWith('/api/auth/')) answer(response, 200, { accessToken: 't' });
      else response.writeHead(status, headers).end(text);
    });
    const body = { email: 'e', partyId: 1, lastName: 'l', accountGroupId: 1, externalId: 'r' };
    const call = createClient(configFor(server.url)).accounts.create(body);
    await expect(call).rejects.toMatchObject({ code, status });
    await expect(call).rejects.not.toThrow('canary');
  });
});
