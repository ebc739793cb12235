import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { signedLines, verifyLines } from '../../encryption/signed-lines.ts';

const old = makeKey(new Date('2026-01-01'));
const ring = parseKeyRing(old, 'test');
const records = [{ run: 'onboarding', action: 'retry' }, { run: 'change', action: 'skip' }, { run: 'offboarding' }];
const lines = signedLines(ring, records);

test('records are signed line by line and verified, also after a rotation of the key', () => {
  expect(verifyLines(ring, lines)).toEqual({ records });
  const rotated = parseKeyRing(`${makeKey(new Date('2026-02-02'))},${old}`, 'test');
  expect(verifyLines(rotated, lines)).toEqual({ records });
  expect(verifyLines(ring, signedLines(ring, []))).toEqual({ records: [] });
});

const [one, two, three, last] = lines as [string, string, string, string];
const others = signedLines(ring, [{ run: 'other' }]);

test.each<[string, string[], number, string]>([
  ['a changed record', [one, two.replace('skip', 'abort'), three, last], 2, 'was changed'],
  ['a changed number', [one.replace('"line":1', '"line":9'), two, three, last], 1, 'was changed'],
  [
    'a changed key id',
    [one.replace(/"key":"[^"]+"/, '"key":"k"'), two, three, last],
    1,
    'a key that is not in the ring',
  ],
  ['a line left out', [one, three, last], 2, 'does not follow'],
  ['the first line left out', [two, three, last], 1, 'does not follow'],
  ['lines moved', [two, one, three, last], 1, 'does not follow'],
  ['a line twice', [one, one, two, three, last], 2, 'does not follow'],
  ['a line of another export', [one, others[1]!, three, last], 2, 'does not follow'],
  ['the end cut', [one, two, three], 3, 'lines are missing'],
  ['nothing at all', [], 0, 'lines are missing'],
  ['another field', [one.replace('{', '{"x":1,'), two, three, last], 1, 'is no signed line'],
  ['other white space', [one.replace(',', ', '), two, three, last], 1, 'is no signed line'],
  ['no JSON', ['x'], 1, 'is no signed line'],
])('%s is seen, and where', (_, changed, line, problem) => {
  expect(verifyLines(ring, changed)).toEqual({ line, problem: expect.stringContaining(problem) });
});

test('another ring verifies nothing', () => {
  expect(verifyLines(parseKeyRing(makeKey(), 'test'), lines)).toMatchObject({ line: 1 });
});
