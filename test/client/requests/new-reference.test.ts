import { checkRequest, referenceFor } from '../../../client/index.ts';
import { makeKey, parseKeyRing } from '../../../encryption/key-ring.ts';
import { onboardOffline } from '../../cli/suite.ts';
import { keys } from '../../workflows/suite.ts';
import { validRequest } from '../requests.ts';

const [older, newer] = [makeKey(), makeKey()];
const ring = parseKeyRing(older, 'test');

test('a reference made of a national ID is one, and tells nothing of it', () => {
  for (let number = 0; number < 1000; number += 1) {
    const reference = referenceFor(ring, `19900101-${number}`);
    expect(reference).toMatch(/^r-[\w-]{43}$/);
    expect(checkRequest(validRequest({ reference })).reference).toBe(reference);
  }
});

test('the same text gives the same one, also after a new key was put in front; another text or key another one', () => {
  const reference = referenceFor(ring, '19900101-1234');
  expect(referenceFor(parseKeyRing(`${newer},${older}`, 'test'), ' 19900101-1234\n')).toBe(reference);
  expect(referenceFor(ring, '19900101-1235')).not.toBe(reference);
  expect(referenceFor(parseKeyRing(newer, 'test'), '19900101-1234')).not.toBe(reference);
});

test('nothing is no text', () => {
  expect(() => referenceFor(ring, ' ')).toThrow(
    'request: must be 1 to 254 characters without line breaks; correct it.',
  );
});

test('the command makes the same one', async () => {
  const reference = referenceFor(parseKeyRing(keys, 'test'), '19900101-1234');
  expect(await onboardOffline(['reference', 'new'], '19900101-1234\n')).toMatchObject({
    code: 0,
    stdout: `${reference}\n`,
  });
  const ran = await onboardOffline(['reference', 'new', '19900101-1234', '--json']);
  expect(ran.json).toEqual([{ reference }]);
});
