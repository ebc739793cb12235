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
      { error: { code: 'CONFLICT', details: ['x', null, { field: 1 }] } },
      { vendorCode: 'CONFLICT', fields: [] },
    ],
    ['standardized, without a code', { error: { message: 'text' } }, undefined],
    ['legacy 1: list', { errors: [{ status: '422', title: 'text', detail: 'text' }] }, {}],
    ['legacy 2: map', { errors: { email: ['text'], phone: ['text'] } }, { fields: ['email', 'phone'] }],
    ['legacy 3: text', { error: 'Not found' }, {}],
    ['legacy 4: message', { message: 'Unauthenticated.', corr_id: 'x' }, {}],
    ['a framework’s own page', { timestamp: 1, status: 422, error: 'text', path: '/' }, undefined],
    ['no JSON', undefined, undefined],
    ['another object', { detail: 'text' }, undefined],
    ['a list', [], undefined],
    ['null', null, undefined],
  ])('%s', (_, body, expected) => {
    expect(explain(body, at(422))).toEqual(expected);
  });

  test.each([
    ['standardized', { error: { code: 'NOT_FOUND', message: 'text' } }, true],
    ['legacy 1', { errors: [{ status: '404', title: 'text', detail: 'text' }] }, true],
    ['legacy 3', { error: 'Not found', corr_id: 'x' }, true],
    ['legacy 2, which is about fields', { errors: { id: ['text'] } }, false],
    ['legacy 4, which gateways have too', { message: 'no Route matched with those values' }, false],
    ['a framework’s own page', { timestamp: 'x', status: 404, error: 'Not Found', path: '/' }, false],
    ['a text', 'default backend - 404', false],
  ])('%s: whether the vendor says that something is not there', (_, body, isSaid) => {
    for (const status of [404, 410]) expect(explain(body, at(status)) !== undefined).toBe(isSaid);
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
