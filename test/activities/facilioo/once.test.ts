import type { FaciliooOptionsInput } from '../../../sandbox/facilioo/index.ts';
import { sample } from '../../setup/sample.ts';
import { closeDesks, openDesk, requestFor } from './desk.ts';

afterEach(closeDesks);

const open = async (options: FaciliooOptionsInput = {}) => {
  const desk = await openDesk(options);
  return { desk, step: () => desk.steps.createAccount({ request: requestFor() }) };
};

test('run twice at the same time makes one account, and both get it', async () => {
  const { desk, step } = await open();
  desk.sandbox.faults.add({ kind: 'delay', when: 'after', ms: 50, route: 'POST /api/accounts/search', times: 2 });
  const both = await Promise.all([step(), step()]);
  expect(new Set(both.map(({ accountId }) => accountId)).size).toBe(1);
  expect(desk.count('account.created')).toBe(1);
});

const VENDORS: FaciliooOptionsInput[] = [
  { createBody: 'empty' },
  { createStatus: 200 },
  { flagsAtCreation: 'refused' },
  { groupIdAlias: true },
  { invitationMail: false },
  { searchPaging: false },
  { searchMatch: 'contains' },
  { search: 'absent' },
  { pageSizeAbove: 'refused' },
  { sortByAttribute: false },
  { listOrder: 'newest-first' },
  { timestamps: 'without-offset' },
  { activationField: 'isActive' },
  { accessToken: 'opaque' },
  { tokens: { access: 30 * 86_400 } },
  { tokens: { access: 1 } },
  { secondFactor: 'never' },
  { loginAccount: true },
  { unauthorized: 'problem' },
  { errors: 'rotate' },
];

test.each(sample(VENDORS, 8))(
  'where the vendor does %j it is made once all the same (contract, sections 10 and 11)',
  async (options) => {
    const { desk, step } = await open(options);
    const { accountId } = await step();
    desk.sandbox.expireTokens();
    expect(await step()).toEqual({ accountId, created: false });
    expect(desk.count('account.created')).toBe(1);
  },
);
