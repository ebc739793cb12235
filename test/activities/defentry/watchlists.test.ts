import type { AccountChange } from '../../../contract/change.ts';
import type { WatchlistItem } from '../../../contract/request.ts';
import { closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import { WATCHED } from './watched.ts';

afterEach(closeDesks);

async function changing() {
  const desk = await openDesk();
  const accountId = await desk.account();
  const apply = (change: AccountChange) => desk.steps.applyChange({ accountId, ownerReference: 'ref-1', change });
  return {
    desk,
    accountId,
    add: (item: WatchlistItem) => apply({ kind: 'add-watchlist-item', item }),
    remove: (item: WatchlistItem) => apply({ kind: 'remove-watchlist-item', item }),
  };
}

describe('5: changes of watchlists', () => {
  const item = { kind: 'email', value: 'watched@example.com' } as const;
  const LIST = 'GET /api/v1/account/:account_id/email-watchlist';

  test('an item is found in another spelling', async () => {
    const { add, remove, desk } = await changing();
    await add(item);
    await add({ ...item, value: 'WATCHED@example.com' });
    expect(desk.count('watchlist.added')).toBe(1);
    const removed = await remove({ ...item, value: 'Watched@Example.com' });
    expect(removed).toEqual({ proven: true });
    expect(desk.count('watchlist.removed')).toBe(1);
  });

  test.each(WATCHED.slice(2))(
    'an item of the $kind list is added and removed, written with spaces or without',
    async (numbered) => {
      const { add, remove, desk } = await changing();
      const packed = { ...numbered, value: numbered.value.replaceAll(' ', '') };
      const isShown = numbered.kind !== 'credit-card';
      for (const each of [numbered, packed, { ...packed, value: packed.value.toLowerCase() }]) {
        expect(await add(each)).toEqual({ proven: isShown });
      }
      expect(desk.count('watchlist.added')).toBe(1);
      for (const each of [packed, numbered]) {
        expect(await remove(each)).toEqual({ proven: true });
      }
      expect(desk.count('watchlist.removed')).toBe(1);
    },
  );

  describe('9.9: of a card the vendor shows some digits', () => {
    const card = { kind: 'credit-card', value: '4111 1111 1111 1111' } as const;
    const CARDS = 'GET /api/v1/account/:account_id/credit-card-watchlist';
    const removing = async (...shown: (string | undefined)[]) => {
      const { add, remove, desk } = await changing();
      await add(card);
      const data = shown.map((credit_card, index) => ({
        id: index + 1,
        ...(credit_card === undefined ? {} : { credit_card }),
      }));
      desk.sandbox.faults.add({ kind: 'schema-drift', route: CARDS, body: { data } });
      return { desk, removed: remove(card) };
    };

    test.each([
      ['the last ones', '************1111', '************2222'],
      ['the first ones and the last', '411111******1111', '555555******1111'],
      ['all of them, and of another as many', '4111-1111-1111-1111', '5555-5555-5555-1111'],
    ])('%s: the one that they fit is removed', async (_, one, other) => {
      const { desk, removed } = await removing(one, other);
      expect(await removed).toEqual({ proven: true });
      expect(desk.count('watchlist.removed')).toBe(1);
    });

    test.each([
      ['two that end alike', '************1111', '411111******1111'],
      ['one that shows none', '****************'],
      ['one that fits, and one that is not shown', '************1111', undefined],
    ])('%s: none is removed', async (_, ...shown) => {
      const { desk, removed } = await removing(...shown);
      expect(await failureOf(removed)).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
      expect(desk.count('watchlist.removed')).toBe(0);
    });

    test('one that does not fit is another card', async () => {
      const { desk, removed } = await removing('************2222');
      expect(await removed).toEqual({ proven: true });
      expect(desk.count('watchlist.removed')).toBe(0);
    });

    test('another card that ends alike is not taken for it: the vendor is asked', async () => {
      const { add, desk } = await changing();
      const route = 'POST /api/v1/account/:account_id/credit-card-watchlist';
      await add(card);
      const asked = desk.sandbox.faults.add({ kind: 'delay', when: 'before', ms: 1, route });
      await add({ ...card, value: '4000 0000 0000 1111' });
      expect(asked.fired).toBe(1);
    });

    test('as it was listed it is removed, as an offboarding does', async () => {
      const { add, remove, desk, accountId } = await changing();
      await add(card);
      const { watchlistItems = [] } = await desk.steps.readHoldings({ accountId, ownerReference: 'ref-1' });
      for (const item of watchlistItems) await remove(item);
      expect(desk.count('watchlist.removed')).toBe(1);
    });
  });

  test('items without values cannot be told apart: none is removed', async () => {
    const { add, remove, desk } = await changing();
    await add(item);
    desk.sandbox.faults.add({ kind: 'schema-drift', route: LIST, body: { data: [{ id: 1 }] } });
    const failure = await failureOf(remove(item));
    expect(failure).toMatchObject({ type: 'ContractViolation', nonRetryable: true });
    expect(desk.count('watchlist.removed')).toBe(0);
  });
});

test('5: a list that is not named in the settings is refused, before any effect', async () => {
  const desk = await openDesk({}, { DEFENTRY_WATCHLISTS: 'email,phone' });
  const accountId = await desk.account();
  const before = desk.sandbox.ledger.entries().length;
  for (const item of WATCHED.slice(2)) {
    const request = requestFor({}, { watchlists: [item] });
    const change = { kind: 'add-watchlist-item', item } as const;
    for (const [field, refused] of [
      ['watchlists[0]', desk.steps.checkRequest({ request })],
      ['item', desk.steps.checkChange({ accountId, ownerReference: 'ref-1', change })],
    ] as const) {
      expect(await failureOf(refused)).toMatchObject({
        type: 'RequestRefused',
        nonRetryable: true,
        message: `${field}.kind: Defentry has no such watchlist here; use one of email, phone, or name it in DEFENTRY_WATCHLISTS once Defentry has it.`,
      });
    }
  }
  expect(desk.sandbox.ledger.entries()).toHaveLength(before);
});
