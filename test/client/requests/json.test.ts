import { RequestInvalid } from '../../../client/index.ts';
import { jsonIn } from '../../../client/requests/json.ts';
import { REFUSED, TAKEN } from './bytes.ts';

const VALUE = { firstName: 'Åsa', lastName: 'Öberg' };

function problemsOf(bytes: Uint8Array): string[] {
  try {
    jsonIn(bytes, 'FILE');
    return [];
  } catch (error) {
    if (error instanceof RequestInvalid) return error.problems;
    throw error;
  }
}

test.each(TAKEN)('%s is read', (_, bytes) => expect(jsonIn(bytes(VALUE), 'FILE')).toEqual(VALUE));

test.each(REFUSED)('%s is refused by name', (_, bytes, sentence) => {
  expect(problemsOf(bytes(VALUE))).toEqual([`FILE: ${sentence}`]);
});

test.each<[string, string[]]>([
  ['', ['FILE: must be JSON; correct it.']],
  ['{"a":1', ['FILE: must be JSON; correct it.']],
  ['{"a":1} // why', ['FILE: must be JSON; correct it.']],
  ['\ufeff\ufeff{}', ['FILE: must be JSON; correct it.']],
  ['{"a":1,"b":{"a":1}}', []],
  ['[{"a":1},{"a":1}]', []],
  ['{"kind":"single","kind":"family"}', ['kind: is given twice; keep one of them.']],
  ['{"kind":1,"kind":1,"kind":1}', ['kind: is given twice; keep one of them.']],
  ['{"k\\u0069nd":1,"kind":1}', ['kind: is given twice; keep one of them.']],
  [
    '{"members":[{},{"person":{"email":"a","email":"b"}}]}',
    ['members[1].person.email: is given twice; keep one of them.'],
  ],
  ['{"19800315-1234":1,"19800315-1234":1}', ['request: a field of it is given twice; keep one of them.']],
  ['{"person":{"__proto__":{}}}', ['person: has a field that no request has; remove it.']],
  [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, []],
])('%j', (text, problems) => expect(problemsOf(Buffer.from(text))).toEqual(problems));
