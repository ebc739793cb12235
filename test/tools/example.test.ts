import { numbered, readExample } from '../../tools/start/example.ts';
import { demoProvider } from '../../tools/start/providers/index.ts';
import { isProven, prove, type LedgerEntries } from '../../tools/start/proof.ts';

const wanted = () => demoProvider('defentry').effects(family);
const family = await readExample('examples/family.json');

test('the next family has its own reference and addresses, and is the same otherwise', () => {
  const next = numbered(family, 2);
  expect(next.reference).toBe(`${family.reference}-2`);
  expect(JSON.stringify(next)).toBe(
    JSON.stringify(family).replaceAll('@', '+2@').replace(family.reference, next.reference),
  );
  expect(numbered(family, 1)).toEqual(family);
});

/** What a sandbox writes when everything of the example happened once. */
function ledger(): LedgerEntries {
  const own = ['account.created', 'email.confirmed', 'eid.completed', 'ssn.written', 'monitoring.on'];
  const member = ['member.added', 'invitation.sent', 'invitation.accepted'];
  return [
    ...[...own, 'watchlist.added', 'watchlist.added'].map((effect) => ({ effect, accountId: '7' })),
    ...['8', '9'].flatMap((accountId) => member.map((effect) => ({ effect, accountId, ownerId: '7' }))),
  ];
}

test('a ledger in which each effect happened once is a proof, whatever happened to others', () => {
  const others = ledger().map((entry) => ({ ...entry, accountId: '17', ownerId: '17' }));
  expect(isProven(prove(wanted(), '7', [...ledger(), ...others]))).toBe(true);
});

test.each([...new Set(ledger().map(({ effect }) => effect))])('%s missing or twice is no proof', (effect) => {
  const index = ledger().findIndex((entry) => entry.effect === effect);
  expect(isProven(prove(wanted(), '7', ledger().toSpliced(index, 1)))).toBe(false);
  expect(isProven(prove(wanted(), '7', [...ledger(), ledger()[index]!]))).toBe(false);
});
