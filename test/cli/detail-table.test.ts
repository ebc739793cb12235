import { detailTable } from '../../cli/detail-table.ts';

const ESC = String.fromCharCode(27);

test.each<[string, object, string]>([
  [
    'an object',
    { id: '7', email: null, profile: { phone: '1' } },
    'id             7\nemail          none\nprofile.phone  1',
  ],
  ['a list', [{ id: '7' }, { id: '8', name: 'b' }], 'ID  NAME\n7\n8   b'],
  ['a list of words', ['a', 'b'], 'VALUE\na\nb'],
  ['an empty list', [], 'none'],
  ['values of other kinds', { on: true, left: 5, tags: ['a', 'b'] }, 'on    true\nleft  5\ntags  a, b'],
])('%s', (_, detail, text) => {
  expect(detailTable(detail).trim()).toBe(text);
});

test('no control character of what a provider stores reaches the terminal', () => {
  expect(detailTable({ name: `a${ESC}[2J\nb` }).trim()).toBe('name  a�[2J�b');
});
