import { createClient } from '../../../activities/tulo-payway/client.ts';
import { explain } from '../../../activities/tulo-payway/errors.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const at = (status: number) => ({ status, headers: {}, text: '' });

/** The bodies are those printed in section 4.1 of the Tulo Payway contract. */
describe('4.1 an error body', () => {
  test.each<[string, unknown, object]>([
    [
      'with a field',
      { code: 'invalid_parameter', field: 'account_id', message: 'Parameter must match format (/^[a-f\\d]{24}$/)' },
      { vendorCode: 'INVALID_PARAMETER', fields: ['account_id'] },
    ],
    [
      'about unknown names: ours to correct',
      { code: 'unknown_parameter', message: 'Unknown parameters: foo,bar' },
      { vendorCode: 'UNKNOWN_PARAMETER', fields: [], code: 'ContractViolation' },
    ],
    [
      'with an id for support',
      { code: 'not_found', field: 'account', pw_correlation_id: 'pw-api-ac52208e-6fed-4aea-8f53-3798b1c3bec9' },
      { vendorCode: 'NOT_FOUND', fields: ['account'], correlationId: 'pw-api-ac52208e-6fed-4aea-8f53-3798b1c3bec9' },
    ],
    ['internal name of the address', { code: 'x', field: 'contact_email' }, { vendorCode: 'X', fields: ['email'] }],
    ['internal name of the SSN', { code: 'x', field: 'ssn' }, { vendorCode: 'X', fields: ['social_security_number'] }],
    [
      'internal name of the phone',
      { code: 'x', field: 'mobile_number' },
      { vendorCode: 'X', fields: ['mobile_phone_number'] },
    ],
    [
      'of the token endpoint (2.2)',
      { error: 'invalid_client', error_description: 'text' },
      { vendorCode: 'INVALID_CLIENT', fields: [] },
    ],
    ['misshapen', { code: 'x', field: ['x'], pw_correlation_id: 7 }, { vendorCode: 'X', fields: [] }],
  ])('%s', (_, body, expected) => {
    expect(explain(body, at(400))).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['the one field of the token endpoint’s that is known (2.2)', { error_description: 'text' }],
    ['a code that is none', { code: 404, message: 'not found' }],
    ['a message alone', { message: 'no Route matched with those values' }],
    ['a framework’s page', { timestamp: '2026-01-01', status: 404, error: 'Not Found', path: '/v1/accounts' }],
    ['no JSON', undefined],
    ['a list', []],
    ['null', null],
  ])('is not Payway’s: %s', (_, body) => {
    expect(explain(body, at(404))).toBeUndefined();
  });
});

describe('4.2, 15.2, 17.1 status first', () => {
  const server = new LocalServer();
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  test.each<[number, object | string | undefined, string]>([
    [400, { code: 'invalid_parameter', field: 'id' }, 'Invalid'],
    [400, { code: 'unknown_parameter' }, 'ContractViolation'],
    [400, { code: 'json_parser_error' }, 'ContractViolation'],
    [400, { code: 'invalid_content_type_error' }, 'ContractViolation'],
    [400, { code: 'invalid_account' }, 'Invalid'],
    [400, { code: 'unset_error' }, 'Invalid'],
    [401, undefined, 'Unauthorized'],
    [403, { code: 'forbidden' }, 'Forbidden'],
    [404, { code: 'not_found', field: 'account' }, 'NotFound'],
    [409, { code: 'already_verified' }, 'Conflict'],
    [409, { code: 'invalid_confirmation_code' }, 'Conflict'],
    [409, { code: 'archive_account_with_active_products', message: 'digital,paper' }, 'Conflict'],
    [409, { code: 'alre' }, 'Conflict'],
    [429, undefined, 'Throttled'],
    [500, { code: 'internal_server_error' }, 'UnknownOutcome'],
    [503, '<html>', 'UnknownOutcome'],
    [418, 'no JSON at all', 'Unavailable'],
    [404, 'default backend - 404', 'Unavailable'],
    [409, '', 'UnknownOutcome'],
  ])('%i %j is %s', async (status, body, code) => {
    server.handle(({ path }, response) => {
      if (path.endsWith('/access_token')) answer(response, 200, { access_token: 't' });
      else answer(response, status, body);
    });
    await expect(createClient(configFor(server.url)).accounts.archive('7')).rejects.toMatchObject({ code });
  });
});

test('4.1, 15.8 a message is never repeated: it may hold patterns and data', () => {
  const body = { code: 'invalid_parameter', field: 'email', message: 'canary' };
  expect(JSON.stringify(explain(body, at(400)))).not.toContain('canary');
});
