import { foundBy } from '../found.ts';
import { MEMBER, OWN, PACKAGE, closeDesks, openDesk } from './desk.ts';

afterEach(closeDesks);

/** Numbers are sections of the Tulo Payway contract. */

describe('findAccount', () => {
  test('5.2 finds ours by our own reference', async () => {
    const { steps, ...desk } = await openDesk();
    const accountId = await desk.account();
    expect(await foundBy(steps, { reference: 'ref-1' })).toEqual({
      accountId,
      email: 'anna@example.com',
      active: 'no',
    });
    desk.act('verify-email');
    expect(await foundBy(steps, { reference: 'ref-1' })).toMatchObject({ active: 'yes' });
    expect(await foundBy(steps, { reference: 'ref-1', accountId })).toMatchObject({ accountId });
    expect(await foundBy(steps, { reference: 'ref-2' })).toEqual({});
  });

  test('17.29 an id that our reference does not lead to is not ours', async () => {
    const { steps, ...desk } = await openDesk();
    await desk.account();
    const other = await desk.account({ email: 'eva@example.com' }, { reference: 'ref-2' });
    expect(await foundBy(steps, { reference: 'ref-1', accountId: other })).toEqual({});
    expect(await foundBy(steps, { reference: 'ref-3', accountId: other })).toEqual({});
  });

  test.each(['end', 'stay'] as const)('5.6 an archived account is not found (external ids %s)', async (mappings) => {
    const { steps, ...desk } = await openDesk({ archivedMappings: mappings });
    const accountId = await desk.account();
    await steps.removeAccount(OWN);
    expect(await foundBy(steps, { reference: 'ref-1' })).toEqual({});
    expect(await foundBy(steps, { reference: 'ref-1', accountId })).toEqual({});
  });
});

describe('readHoldings', () => {
  test('10 members are those the account shares with; watchlists there are none', async () => {
    const { steps, ...desk } = await openDesk();
    const accountId = await desk.account({}, PACKAGE);
    const read = () => steps.readHoldings({ accountId, ownerReference: 'ref-1' });
    expect(await read()).toMatchObject({ exists: true, active: 'no', members: [] });
    const { memberId } = await steps.addMember({ accountId, ownerReference: 'ref-1', member: MEMBER });
    expect(await read()).toMatchObject({ members: [{ memberId, accepted: 'no' }] });
    desk.act('invitation');
    expect(await read()).toMatchObject({ members: [{ memberId, accepted: 'yes' }], ssnMonitoring: 'no' });
    expect(await read()).not.toHaveProperty('watchlistItems');
  });

  test('5.6 of an archived account there is nothing', async () => {
    const { steps, ...desk } = await openDesk();
    const accountId = await desk.account();
    await steps.removeAccount(OWN);
    const reading = await steps.readHoldings({ accountId, ownerReference: 'ref-1' });
    expect(reading).toEqual(await steps.readAccount({ accountId }));
    expect(reading).toMatchObject({ exists: false });
  });
});
