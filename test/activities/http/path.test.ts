import { at, fill } from '../../../activities/http/path.ts';

describe('a route filled with values', () => {
  test('keeps the template as the form to show', () => {
    expect(at('GET /api/v1/account/{account_id}/alarms', { account_id: '7' })).toEqual({
      method: 'GET',
      route: 'GET /api/v1/account/{account_id}/alarms',
      path: '/api/v1/account/7/alarms',
    });
  });

  test.each([
    ['a/b', 'a%2Fb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['..%2f', '..%252f'],
    ['é +', '%C3%A9%20%2B'],
    ['{id}', '%7Bid%7D'],
    ['$&', '%24%26'],
  ])('makes one segment of %s', (value, segment) => {
    expect(at('GET /x/{id}', { id: value }).path).toBe(`/x/${segment}`);
  });

  test.each(['', '.', '..'])('refuses "%s", which would change the path', (value) => {
    expect(() => at('DELETE /x/{id}', { id: value })).toThrow(TypeError);
  });

  test('from configuration: refuses a missing value and a route without method', () => {
    expect(() => fill('GET /x/{id}', {})).toThrow('{id}');
    expect(() => fill('GET x', {})).toThrow(TypeError);
  });
});
