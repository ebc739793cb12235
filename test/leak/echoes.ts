import type { Call, Mischief } from './vendor.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Mischief => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});
const page = (status: number, said: string): Mischief => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><body>${said}</body></html>`,
});

/** All that the call has told the vendor: body, token, address. */
function quote({ route, headers, body }: Call): string {
  return `${body} ${headers['authorization'] ?? ''} ${decodeURIComponent(route)}`;
}

/** The values of the call's body, for vendors that use data as keys. */
function values({ body }: Call): string[] {
  const given: unknown = body === '' ? {} : JSON.parse(body);
  return Object.values(given as object).map(String);
}

/** Vendors that repeat what they were sent, in every place where an answer has room for it. Some of them permanent. */
export const ECHOES: Record<string, (call: Call) => Mischief> = {
  'refusal whose sentences quote': (call) =>
    json(422, {
      error: {
        code: 'VALIDATION_ERROR',
        message: quote(call),
        details: [{ field: 'phone', issue: quote(call) }, ...values(call).map((field) => ({ field, issue: field }))],
      },
    }),
  'refusal whose code quotes': (call) => json(422, { error: { code: values(call)[1] ?? quote(call), message: 'no' } }),
  'older refusal with data for field names': (call) =>
    json(422, { errors: Object.fromEntries(values(call).map((value) => [value, [quote(call)]])) }),
  'older refusal in a list': (call) => json(400, { errors: [{ title: quote(call), detail: quote(call) }] }),
  'refusal as text': (call) => json(422, { error: quote(call) }),
  'refusal as message': (call) => json(403, { message: quote(call) }),
  'refusal with data for codes': (call) =>
    json(400, { code: values(call)[0] ?? quote(call), field: quote(call), pw_correlation_id: quote(call) }),
  'problem that quotes': (call) =>
    json(400, { title: quote(call), detail: quote(call), errors: { [values(call)[0] ?? 'x']: [quote(call)] } }),
  'clash that quotes': (call) => json(409, { error: { code: 'CONFLICT', message: quote(call) } }),
  'error page that quotes': (call) => page(500, quote(call)),
  'error that quotes': (call) => json(500, { error: { code: 'SERVER_ERROR', message: quote(call) } }),
  'proxy page that quotes': (call) => page(503, quote(call)),
  'throttle whose delay quotes': (call) =>
    json(429, { message: quote(call) }, { 'retry-after': encodeURIComponent(quote(call)).slice(0, 500) }),
  'success that is a page': (call) => page(200, quote(call)),
  'success of another shape': (call) => json(200, { unexpected: quote(call) }),
  'success with data for field names': (call) =>
    json(200, { data: Object.fromEntries(values(call).map((value) => [value, value])) }),
  'success with a wrong type': (call) => json(200, { data: { id: { nested: quote(call) }, token: [quote(call)] } }),
  'success cut short': (call) => ({ status: 200, headers: JSON_TYPE, body: `{"data":{"id":"${quote(call)}` }),
  'redirect that quotes': (call) => ({
    status: 302,
    headers: { location: `/login?${encodeURIComponent(quote(call)).slice(0, 1000)}` },
  }),
  'no answer': () => 'hang',
  'broken connection': () => 'drop',
};
