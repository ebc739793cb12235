import type { HoldingsList } from '../../../contract/management.ts';
import { foundBy } from '../found.ts';
import { MEMBER, SSN, closeDesks, failureOf, openDesk, requestFor } from './desk.ts';
import type { Desk } from './desk.ts';
import { SHOWN, WATCHED } from './watched.ts';

afterEach(closeDesks);

const single = (reference: string, email = `${reference}@example.com`) =>
  requestFor({ email }, { reference, kind: 'single' });

/** An account with a member and an item on each watchlist. */
async function furnished(...given: Parameters<typeof openDesk>) {
  const desk = await openDesk(...given);
  const accountId = await desk.account({ ssn: SSN });
  const { memberId } = await desk.steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
  for (const item of WATCHED) await desk.steps.enrolWatchlist({ accountId, item });
  const holdings = () => desk.steps.readHoldings({ accountId, ownerReference: 'ref-1' });
  return { desk, accountId, memberId, holdings };
}

describe('3.5: findAccount', () => {
  test('by our reference, and by id', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    const found = { accountId, email: 'anna@example.com', active: 'no' };
    expect(await foundBy(desk.steps, { reference: 'ref-1' })).toEqual(found);
    expect(await foundBy(desk.steps, { reference: 'ref-1', accountId })).toEqual(found);
    desk.act('confirm-email');
    expect(await foundBy(desk.steps, { reference: 'ref-1' })).toEqual({ ...found, active: 'yes' });
  });

  test('none under the reference, under the id, or under the id with another reference', async () => {
    const desk = await openDesk();
    const accountId = await desk.account();
    expect(await foundBy(desk.steps, { reference: 'ref-2' })).toEqual({});
    expect(await foundBy(desk.steps, { reference: 'ref-1', accountId: '404' })).toEqual({});
    expect(await foundBy(desk.steps, { reference: 'ref-2', accountId })).toEqual({});
  });

  test('an account without an address, and one that does not show it', async () => {
    const desk = await openDesk();
    const person = { firstName: 'Anna', lastName: 'Berg', phone: '+46701234567' };
    await desk.steps.createAccount({ request: { ...requestFor(), person } });
    expect(await foundBy(desk.steps, { reference: 'ref-1' })).toMatchObject({ email: null });
    const hidden = await openDesk({ hiddenFields: ['email'] });
    await hidden.account();
    expect(await foundBy(hidden.steps, { reference: 'ref-1' })).toEqual({ accountId: '1', active: 'no' });
  });
});

describe('3.4, 5: readHoldings', () => {
  test('the account, its members and its watchlists', async () => {
    const { desk, holdings, memberId } = await furnished();
    const members = (accepted: string) => [{ memberId, reference: 'm1', accepted }];
    expect(await holdings()).toEqual({
      exists: true,
      active: 'no',
      emailVerified: 'no',
      ssnPresent: 'yes',
      ssnMonitoring: 'yes',
      members: members('no'),
      watchlistItems: SHOWN,
    });
    await desk.steps.inviteMember({ accountId: '1', memberId, member: MEMBER, again: false });
    desk.act('invitation');
    expect(await holdings()).toMatchObject({ members: members('yes') });
  });

  test('a member’s reference belongs to its owner’s', async () => {
    const { desk, accountId, memberId } = await furnished();
    const { members } = await desk.steps.readHoldings({ accountId, ownerReference: 'somebody-else' });
    expect(members).toEqual([{ memberId, accepted: 'no' }]);
  });

  test('a member that shows neither reference nor acceptance is listed all the same', async () => {
    const { holdings, memberId } = await furnished({
      hiddenFields: ['external_id', 'invitation_status', 'is_active'],
    });
    expect(await holdings()).toMatchObject({ members: [{ memberId, accepted: 'unknown' }] });
    expect((await holdings()).members?.[0]).not.toHaveProperty('reference');
  });

  test('an account that is gone holds nothing', async () => {
    const { desk, holdings, accountId } = await furnished();
    await desk.steps.removeAccount({ reference: 'ref-1', accountId, person: {} });
    expect(await holdings()).toEqual({
      exists: false,
      active: 'no',
      emailVerified: 'no',
      ssnPresent: 'no',
      ssnMonitoring: 'no',
    });
  });

  test.each<[HoldingsList[], number[]]>([
    [[], [0, 0]],
    [['members'], [1, 0]],
    [['watchlistItems'], [0, 1]],
  ])('only the lists that are asked for are called for: %j', async (lists, calls) => {
    const { desk, accountId } = await furnished();
    const asked = ['members', 'phone-watchlist'].map((list) => {
      const route = `GET /api/v1/account/:account_id/${list}`;
      return desk.sandbox.faults.add({ kind: 'delay', when: 'before', ms: 1, route });
    });
    const holdings = await desk.steps.readHoldings({ accountId, ownerReference: 'ref-1', lists });
    expect(asked.map(({ fired }) => fired)).toEqual(calls);
    expect(Object.keys(holdings).filter((key) => key === 'members' || key === 'watchlistItems')).toEqual(lists);
  });

  test('of watchlists only those that this deployment has are asked for', async () => {
    const desk = await openDesk({}, { DEFENTRY_WATCHLISTS: 'email,phone' });
    const accountId = await desk.account();
    const asked = ['passport', 'phone'].map((list) => {
      const route = `GET /api/v1/account/:account_id/${list}-watchlist`;
      return desk.sandbox.faults.add({ kind: 'delay', when: 'before', ms: 1, route });
    });
    await desk.steps.readHoldings({ accountId, ownerReference: 'ref-1' });
    expect(asked.map(({ fired }) => fired)).toEqual([0, 1]);
  });

  test('watchlists whose items do not show their values are left out, not told as empty', async () => {
    const { desk, holdings } = await furnished();
    const route = 'GET /api/v1/account/:account_id/phone-watchlist';
    desk.sandbox.faults.add({ kind: 'schema-drift', route, body: { data: [{ id: 3 }] } });
    expect(await holdings()).not.toHaveProperty('watchlistItems');
  });
});

async function listed({ steps }: Desk) {
  const pages: string[][] = [];
  for (let cursor: string | undefined; ;) {
    const page = await steps.listAccounts(cursor === undefined ? {} : { cursor });
    pages.push(page.accounts.map(({ accountId, reference }) => `${accountId} ${reference ?? '-'}`));
    cursor = page.cursor;
    if (cursor === undefined) return pages;
  }
}

describe('3.5: listAccounts', () => {
  test('all accounts in pages, ours by their references, members left to their owners', async () => {
    const { desk, accountId } = await furnished();
    await desk.steps.createAccount({ request: single('ref-2') });
    for (let n = 4; n <= 17; n++) await desk.steps.createAccount({ request: single(`bulk-${n}`) });
    const [first, second, ...more] = await listed(desk);
    expect(more).toEqual([]);
    expect(first).toHaveLength(14); // fifteen, of which one is a member
    expect(first?.slice(0, 2)).toEqual([`${accountId} ref-1`, '3 ref-2']);
    expect(second).toEqual(['16 bulk-16', '17 bulk-17']);
  });

  test('an account says how it stands', async () => {
    const desk = await openDesk();
    await desk.account();
    desk.act('confirm-email');
    expect(await desk.steps.listAccounts({})).toEqual({
      accounts: [
        {
          accountId: '1',
          reference: 'ref-1',
          exists: true,
          active: 'yes',
          emailVerified: 'yes',
          ssnPresent: 'no',
          ssnMonitoring: 'no',
        },
      ],
    });
  });

  test('a reference that is none of ours is not told as one', async () => {
    const desk = await openDesk();
    for (const [n, theirs] of ['two words', 'a.b.c'].entries()) {
      await desk.steps.createAccount({ request: single(theirs, `${n}@example.com`) });
    }
    expect(await listed(desk)).toEqual([['1 -', '2 -']]);
  });

  test.each(['meta', 'whole', 'bare'] as const)('lists that come otherwise: %s', async (lists) => {
    const desk = await openDesk({ lists });
    for (let n = 1; n <= 16; n++) await desk.steps.createAccount({ request: single(`ref-${n}`) });
    expect((await listed(desk)).flat()).toHaveLength(16);
  });

  test.each([
    ['v1', [1, 0]],
    ['v2', [0, 1]],
  ])('by the %s route', async (routes, asked) => {
    const desk = await openDesk({}, { DEFENTRY_ROUTES: routes });
    await desk.account();
    const lists = ['v1', 'v2'].map((version) =>
      desk.sandbox.faults.add({ kind: 'delay', when: 'before', ms: 1, route: `GET /api/${version}/accounts` }),
    );
    expect(await listed(desk)).toEqual([['1 ref-1']]);
    expect(lists.map(({ fired }) => fired)).toEqual(asked);
  });

  test('a cursor that no page answered is a defect, not the first page', async () => {
    const desk = await openDesk();
    expect(await failureOf(desk.steps.listAccounts({ cursor: 'x' }))).toMatchObject({ type: 'TypeError' });
  });
});
