import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { none } from '../../../activities/http/answer.ts';
import { HttpError } from '../../../activities/http/errors.ts';
import { GET, LocalServer, POST, answer, codeOf, codes, sendTo } from './local-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

const server = new LocalServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

/** Of a status, each: a read, a change, and the two under a body that is not the vendor's. */
const STATUSES: [status: number, read: string, change: string, foreignRead: string, foreignChange: string][] = [
  [301, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [307, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [400, 'Invalid', 'Invalid', 'Unavailable', 'Unavailable'],
  [401, 'Unauthorized', 'Unauthorized', 'Unauthorized', 'Unauthorized'],
  [403, 'Forbidden', 'Forbidden', 'Unavailable', 'Unavailable'],
  [404, 'NotFound', 'NotFound', 'Unavailable', 'Unavailable'],
  [405, 'ContractViolation', 'ContractViolation', 'Unavailable', 'Unavailable'],
  [408, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [409, 'Conflict', 'Conflict', 'Unavailable', 'UnknownOutcome'],
  [410, 'NotFound', 'NotFound', 'Unavailable', 'Unavailable'],
  [418, 'Invalid', 'Invalid', 'Unavailable', 'Unavailable'],
  [422, 'Invalid', 'Invalid', 'Unavailable', 'Unavailable'],
  [425, 'Unavailable', 'Unavailable', 'Unavailable', 'Unavailable'],
  [429, 'Throttled', 'Throttled', 'Throttled', 'Throttled'],
  [500, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [502, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [503, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
  [504, 'Unavailable', 'UnknownOutcome', 'Unavailable', 'UnknownOutcome'],
];

describe('an error status', () => {
  test.each(STATUSES)(
    '%i is %s for a read and %s for a change, after one request each',
    async (status, ...expected) => {
      server.handle((_, response) => answer(response, status, {}));
      expect(await codes(sendTo(server.url))).toEqual(expected.slice(0, 2));
      expect(server.received).toHaveLength(2);
    },
  );

  test.each(STATUSES)('%i that is not the vendor’s word says nothing of the object', async (status, ...expected) => {
    server.handle((_, response) => answer(response, status, 'default backend', { 'content-type': 'text/plain' }));
    expect(await codes(sendTo(server.url, { explain: () => undefined }))).toEqual(expected.slice(2));
  });

  test('that is not the vendor’s word is told as such', async () => {
    server.handle((_, response) => answer(response, 404));
    const call = sendTo(server.url, { explain: () => undefined })(GET, none);
    await expect(call).rejects.toMatchObject({ status: 404, vendorCode: 'NOT_FROM_THE_PROVIDER' });
  });

  test('403 may pass for a read, which changes nothing that would need the permission', async () => {
    server.handle((_, response) => answer(response, 403, {}));
    await expect(sendTo(server.url)(GET, none)).rejects.toMatchObject({ code: 'Forbidden', passing: true });
    await expect(sendTo(server.url)(POST, none)).rejects.toMatchObject({ code: 'Forbidden', passing: false });
  });

  test('is read with a byte-order mark too', async () => {
    server.handle((_, response) => response.writeHead(422, JSON_TYPE).end('\uFEFF{"a":1}'));
    const explain = (body: unknown) => ({ fields: Object.keys(body ?? {}) });
    await expect(sendTo(server.url, { explain })(POST, none)).rejects.toMatchObject({ fields: ['a'] });
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

  test('of a body that breaks the schema is a contract violation', async () => {
    server.handle((_, response) => answer(response, 200, { id: 'one' }));
    expect(await codeOf(sendTo(server.url)(GET, Thing))).toBe('ContractViolation');
  });

  test.each<[string, string | Buffer, Record<string, string>, string]>([
    ['no body', '', {}, 'NO_BODY'],
    ['a line break', '\r\n', JSON_TYPE, 'NO_BODY'],
    ['a byte-order mark', '\uFEFF', JSON_TYPE, 'NO_BODY'],
    ['a page', '<html>', { 'content-type': 'text/html' }, 'NOT_JSON'],
    ['JSON under another type', '{"id":1}', { 'content-type': 'text/plain' }, 'NOT_JSON'],
  ])(
    'of %s where a thing is needed is none: unavailable for a read, unknown for a change',
    async (_, body, ...more) => {
      const [headers, vendorCode] = more;
      server.handle((__, response) => response.writeHead(200, headers).end(body));
      await expect(sendTo(server.url)(GET, Thing)).rejects.toMatchObject({ code: 'Unavailable', vendorCode });
      await expect(sendTo(server.url)(POST, Thing)).rejects.toMatchObject({ code: 'UnknownOutcome', vendorCode });
    },
  );

  test.each<[string, string | Buffer, Record<string, string>]>([
    ['no body', '', {}],
    ['no body but a type', '', { 'content-type': 'text/html' }],
    ['a line break', '\r\n', JSON_TYPE],
    ['blanks that call themselves a page', '  ', { 'content-type': 'text/html' }],
    ['a byte-order mark', '\uFEFF', JSON_TYPE],
    ['JSON with a byte-order mark', '\uFEFF{"id":1}', JSON_TYPE],
    ['JSON without a type', '{"id":1}', {}],
    ['JSON in Latin-1', Buffer.from('{"name":"Åsa"}', 'latin1'), JSON_TYPE],
    ['compressed JSON', gzipSync('{"id":1}'), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ])('of a call whose body nobody needs is one with %s', async (_, body, headers) => {
    server.handle((__, response) => response.writeHead(200, headers).end(body));
    expect(await codes(sendTo(server.url))).toEqual(['done', 'done']);
  });

  test('names the fields that break the schema', async () => {
    server.handle((_, response) => answer(response, 200, { list: [{ id: 'one' }] }));
    await expect(sendTo(server.url)(GET, z.object({ list: z.array(Thing) }))).rejects.toMatchObject({
      fields: ['list.0.id'],
    });
  });

  test('takes application/problem+json and a charset', async () => {
    server.handle((_, response) =>
      answer(response, 200, { id: 1 }, { 'content-type': 'application/vnd.api+json; charset=utf-8' }),
    );
    expect(await codeOf(sendTo(server.url)(GET, Thing))).toBe('done');
  });

  test('of a page instead of JSON is no success even when nothing is read from it', async () => {
    server.handle((_, response) => answer(response, 200, 'Please log in', { 'content-type': 'text/html' }));
    expect(await codes(sendTo(server.url))).toEqual(['Unavailable', 'UnknownOutcome']);
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
