import { z } from 'zod';
import { none } from '../../../activities/http/answer.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import { GET, LocalServer, POST, answer, codeOf, codes, sendTo } from './local-server.ts';

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

describe('an error status', () => {
  test.each([
    [301, 'ContractViolation', 'ContractViolation'],
    [307, 'ContractViolation', 'ContractViolation'],
    [400, 'Invalid', 'Invalid'],
    [401, 'Unauthorized', 'Unauthorized'],
    [403, 'Forbidden', 'Forbidden'],
    [404, 'NotFound', 'NotFound'],
    [405, 'ContractViolation', 'ContractViolation'],
    [408, 'Unavailable', 'Unavailable'],
    [409, 'Conflict', 'Conflict'],
    [410, 'NotFound', 'NotFound'],
    [418, 'Invalid', 'Invalid'],
    [422, 'Invalid', 'Invalid'],
    [429, 'Throttled', 'Throttled'],
    [500, 'Unavailable', 'UnknownOutcome'],
    [502, 'Unavailable', 'UnknownOutcome'],
    [503, 'Unavailable', 'Unavailable'],
    [504, 'Unavailable', 'UnknownOutcome'],
  ])('%i is %s for a read and %s for a change, after one request each', async (status, read, change) => {
    server.handle((_, response) => answer(response, status, {}));
    expect(await codes(sendTo(server.url))).toEqual([read, change]);
    expect(server.received).toHaveLength(2);
  });

  test('keeps its meaning when its body breaks off', async () => {
    server.handle((_, response) => {
      response.writeHead(422, { 'content-length': '100' }).write('{"er');
      setImmediate(() => response.destroy());
    });
    expect(await codes(sendTo(server.url))).toEqual(['Invalid', 'Invalid']);
  });

  test('carries the delay the server asks for', async () => {
    server.handle((_, response) => answer(response, 503, undefined, { 'retry-after': '7' }));
    await expect(sendTo(server.url)(GET, none)).rejects.toMatchObject({ code: 'Unavailable', retryAfterMs: 7_000 });
  });

  test('is corrected by what the vendor explains', async () => {
    server.handle((_, response) => answer(response, 409, { slow: true }));
    const explain = (body: unknown) => ({ code: 'Throttled' as const, vendorCode: JSON.stringify(body) });
    await expect(sendTo(server.url, { explain })(POST, none)).rejects.toMatchObject({
      code: 'Throttled',
      vendorCode: undefined,
    });
  });
});

describe('a success', () => {
  const Thing = z.object({ id: z.number() });

  test('is parsed by its schema, unknown fields ignored', async () => {
    server.handle((_, response) => answer(response, 200, { id: 1, more: true }));
    expect(await sendTo(server.url)(GET, Thing)).toEqual({ id: 1 });
  });

  test.each([
    ['a body that breaks the schema', { id: 'one' }, {}],
    ['no body where one is needed', undefined, {}],
    ['a page instead of JSON', '<html>', { 'content-type': 'text/html' }],
    ['JSON under another type', { id: 1 }, { 'content-type': 'text/plain' }],
  ])('%s is a contract violation', async (_, body, headers) => {
    server.handle((__, response) => answer(response, 200, body, headers));
    expect(await codeOf(sendTo(server.url)(GET, Thing))).toBe('ContractViolation');
  });

  test('names the fields that break the schema', async () => {
    server.handle((_, response) => answer(response, 200, { list: [{ id: 'one' }] }));
    await expect(sendTo(server.url)(GET, z.object({ list: z.array(Thing) }))).rejects.toMatchObject({
      fields: ['list.0.id'],
    });
  });

  test('needs no body when nothing is read from it', async () => {
    server.handle((_, response) => answer(response, 204));
    expect(await codes(sendTo(server.url))).toEqual(['done', 'done']);
  });

  test('takes application/problem+json and a charset', async () => {
    server.handle((_, response) =>
      answer(response, 200, { id: 1 }, { 'content-type': 'application/vnd.api+json; charset=utf-8' }),
    );
    expect(await codeOf(sendTo(server.url)(GET, Thing))).toBe('done');
  });

  test('of a page instead of JSON is no success even when nothing is read from it', async () => {
    server.handle((_, response) => answer(response, 200, 'Please log in', { 'content-type': 'text/html' }));
    expect(await codes(sendTo(server.url))).toEqual(['ContractViolation', 'ContractViolation']);
  });
});

describe('an error shows', () => {
  const error = (vendorCode: string, fields: string[]) =>
    new HttpError('Invalid', { provider: 'Vendor', route: 'POST /things', status: 422, vendorCode, fields });

  test('route, status, code and fields', () => {
    const { message } = error('VALIDATION_ERROR', ['email', 'members.0.ssn', 'email']);
    expect(message).toContain('POST /things');
    expect(message).toContain('(422, VALIDATION_ERROR, fields email, members.0.ssn)');
  });

  test.each(['anna@example.com', '19900101-1234', '199001011234', 'Anna', 'first name', 'a'.repeat(60)])(
    'no field name that could be data: %s',
    (field) => {
      expect(error('E', [field]).message).not.toContain(field);
      expect(error('E', [field]).fields).toEqual([]);
    },
  );

  test('no vendor code that could be text', () => {
    expect(error('anna@example.com is taken', []).message).not.toContain('anna');
  });

  test('the vendor’s id of the call, when it is one', () => {
    const withId = (correlationId: string) =>
      new HttpError('Invalid', { provider: 'Vendor', route: 'POST /things', status: 400, correlationId }).message;
    const id = 'pw-api-ac52208e-6fed-4aea-8f53-3798b1c3bec9';
    expect(withId(id)).toContain(`(400, ${id})`);
    expect(withId('19900101-1234')).not.toContain('1990');
  });
});
