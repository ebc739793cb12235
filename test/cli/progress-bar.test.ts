import { PassThrough } from 'node:stream';
import { barOf, withBar } from '../../cli/progress-bar.ts';
import { eventually } from '../setup/eventually.ts';

function terminal() {
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 120, rows: 40 });
  const seen = { text: '' };
  stderr.on('data', (chunk) => (seen.text += String(chunk)));
  return { stderr, seen };
}

test.each([
  [60, 100, 5000, `${'█'.repeat(18)}${'░'.repeat(12)}  60 of 100, 12/s, 4 s left`],
  [0, 100, 5000, `${'░'.repeat(30)}  0 of 100, 0.0/s`],
  [7, undefined, 2000, '7, 3.5/s'],
])('%j of %j after %j ms', (done, total, elapsed, text) => expect(barOf(done, total, elapsed)).toBe(text));

test('what takes longer than a second is shown, with the pieces done', async () => {
  const { stderr, seen } = terminal();
  const answer = await withBar({ stderr }, { title: 'Counting', total: 4 }, async (tick) => {
    tick();
    await eventually('the bar', () => seen.text.includes('1 of 4'));
    tick();
    await eventually('the next piece', () => seen.text.includes('2 of 4'));
    return 'answer';
  });
  expect(answer).toBe('answer');
  expect(seen.text).toContain('Counting');
});

test('what is over sooner, is for a program, or has no terminal shows nothing', async () => {
  const { stderr, seen } = terminal();
  const bar = { title: 'Counting', total: 1 };
  await withBar({ stderr }, bar, async (tick) => tick());
  expect(seen.text).toBe('');
});

test('an error of the work comes through, also once the bar is shown', async () => {
  const { stderr, seen } = terminal();
  const failing = withBar({ stderr }, { title: 'Counting' }, async () => {
    await eventually('the bar', () => seen.text.includes('Counting'));
    throw new TypeError('broken');
  });
  await expect(failing).rejects.toThrow(new TypeError('broken'));
});
