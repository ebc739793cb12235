import { createClient } from '../../../activities/defentry/client.ts';
import { explain } from '../../../activities/defentry/errors.ts';
import { LocalServer, answer } from '../http/local-server.ts';
import { configFor } from './settings.ts';

const at = (status: number, headers: Record<string, string> = {}) => ({ status, headers, text: '' });

describe('2.3, 2.4: an error body', () => {
  test.each([
    [
      'standardized, with fields',
      {
        error: {
          code: 'VALIDATION_ERROR',
          message: 'text',
          details: [{ field: 'email', issue: 'text' }, { field: 'ssn' }],
        },
      },
      { vendorCode: 'VALIDATION_ERROR', fields: ['email', 'ssn'] },
    ],
    [
      'standardized, without details',
      { error: { code: 'FORBIDDEN', message: 'text' } },
      { vendorCode: 'FORBIDDEN', fields: [] },
    ],
    [
      'standardized, misshapen',
      { error: { code: 5, details: ['x', null, { field: 1 }] } },
      { vendorCode: undefined, fields: [] },
    ],
    ['legacy 1: list', { errors: [{ status: '422', title: 'text', detail: 'text' }] }, {}],
    ['legacy 2: map', { errors: { email: ['text'], phone: ['text'] } }, { fields: ['email', 'phone'] }],
    ['legacy 3: text', { error: 'Not found' }, {}],
    ['legacy 4: message', { message: 'Unauthenticated.', corr_id: 'x' }, {}],
    ['no JSON', undefined, {}],
    ['a list', [], {}],
    ['null', null, {}],
  ])('%s', (_, body, expected) => {
    expect(explain(body, at(422))).toEqual(expected);
  });
});

describe('2.2: throttling', () => {
  test.each([
    ['standardized 429', 429, {}, { error: { code: 'RATE_LIMITED' } }, 'Throttled'],
    ['legacy 409 with Retry-After', 409, { 'retry-after': '3' }, { message: 'Too many attempts.' }, 'Throttled'],
    ['legacy 409 without', 409, {}, { message: 'Exists.' }, 'Conflict'],
    ['legacy 429', 429, {}, { error: 'Slow down' }, 'Throttled'],
  ])('%s is %s', async (_, status, headers, body, code) => {
    const server = new LocalServer();
    await server.start();
    server.handle(({ path }, response) => {
      if (path.endsWith('/login')) answer(response, 200, { token: 't' });
      else answer(response, status, body, headers);
    });
    await expect(createClient(configFor(server.url)).accounts.activate('7')).rejects.toMatchObject({ code });
    expect(server.received).toHaveLength(2);
    await server.stop();
  });
});
