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
    ['internal name of the SSN', { field: 'ssn' }, { vendorCode: undefined, fields: ['social_security_number'] }],
    ['internal name of the phone', { field: 'mobile_number' }, { fields: ['mobile_phone_number'] }],
    [
      'of the token endpoint (2.2)',
      { error: 'invalid_client', error_description: 'text' },
      { vendorCode: 'INVALID_CLIENT', fields: [] },
    ],
    ['of the token endpoint with the one field that is known (2.2)', { error_description: 'text' }, { fields: [] }],
    ['misshapen', { code: 5, field: ['x'], pw_correlation_id: 7 }, { fields: [] }],
    ['no JSON', undefined, {}],
    ['a list', [], {}],
    ['null', null, {}],
  ])('%s', (_, body, expected) => {
    expect(explain(body, at(400))).toEqual(expected);
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
    [418, 'no JSON at all', 'Invalid'],
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
