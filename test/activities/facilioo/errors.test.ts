import { createClient } from '../../../activities/facilioo/client.ts';
import { explainWith } from '../../../activities/facilioo/errors.ts';
import { FIELD_NAMES } from '../../../activities/facilioo/fields.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const PROBLEM = { 'content-type': 'application/problem+json' };
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const explain = explainWith({
  names: { ...FIELD_NAMES, accountGroupId: 'groupId' },
  htmlForbiddenBlocks: true,
  errorBodies: 'problem-json',
});
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
  ['no errors', { title: 'text', status: 400 }, undefined],
  ['a message alone', { message: 'text' }, undefined],
])('fields are read from %s (contract, section 10)', (_, body, fields) => {
  expect(explain(body, at(400))).toEqual(fields ? { fields } : {});
});

test.each<[string, number, unknown]>([
  ['errors as a list', 400, { errors: ['text'] }],
  ['no JSON', 400, undefined],
  ['a list', 404, []],
  ['null', 404, null],
  ['a message of a missing route', 404, { message: 'no Route matched with those values' }],
  ['a framework’s page', 404, { timestamp: '2026-01-01', status: 404, error: 'Not Found', path: '/api/accounts/1' }],
  ['a message that something clashes', 409, { message: 'busy' }],
])('%s is not facilioo’s, unless all bodies are said to be (contract, section 9)', (_, status, body) => {
  expect(explain(body, at(status))).toBeUndefined();
  const any = explainWith({ names: FIELD_NAMES, htmlForbiddenBlocks: true, errorBodies: 'any' });
  expect(any(body, at(status))).toEqual({});
});

test.each([
  [
    'a web page with 403 is the gateway that blocks us',
    403,
    HTML,
    true,
    { code: 'Unavailable', vendorCode: 'BLOCKED' },
  ],
  ['unless that is switched off: then it is nobody’s', 403, HTML, false, undefined],
] as const)('%s (contract, section 9)', (_, status, headers, htmlForbiddenBlocks, expected) => {
  const reading = { names: FIELD_NAMES, htmlForbiddenBlocks, errorBodies: 'problem-json' } as const;
  expect(explainWith(reading)(undefined, at(status, headers))).toEqual(expected);
});

describe('whatever comes with an error status, the call ends with its code (contract, section 9)', () => {
  const server = new LocalServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test.each([
    ['an empty 400', 400, undefined, {}, 'Unavailable'],
    ['a page of 400', 400, '<h1>canary</h1>', HTML, 'Unavailable'],
    ['text of 409', 409, 'canary', { 'content-type': 'text/plain' }, 'UnknownOutcome'],
    ['an empty 422', 422, undefined, {}, 'Unavailable'],
    ['a problem of 403', 403, '{"title":"canary","status":403}', PROBLEM, 'Forbidden'],
    ['a problem of 404', 404, '{"title":"canary","status":404}', PROBLEM, 'NotFound'],
    ['a problem of 409', 409, '{"Title":"canary","Status":409}', PROBLEM, 'Conflict'],
    ['a page of 403', 403, '<h1>canary</h1>', HTML, 'Unavailable'],
    ['an empty 403', 403, undefined, {}, 'Unavailable'],
    ['an empty 404', 404, undefined, {}, 'Unavailable'],
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
