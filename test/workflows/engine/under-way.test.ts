import { removeMember, resendVerification } from '../../../contract/messages.ts';
import { openSuite, type Suite } from '../suite.ts';
import {
  cancelledBeside,
  member,
  newAddress,
  offboarding,
  onboarding,
  retryUnderWay,
  toldToStop,
  type Journey,
} from './under-way.ts';

let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
});
afterEach(() => suite.close());

const CALLS: [
  'createAccount' | 'applyChange' | 'removeAccount' | 'addMember',
  (suite: Suite) => Promise<Journey>,
  string,
  string[],
][] = [
  ['createAccount', onboarding, 'aborted', ['createAccount', 'removeAccount']],
  [
    'applyChange',
    newAddress,
    'aborted',
    ['applyChange change-email new@example.com', 'applyChange change-email ada@example.com', 'applyChange activate'],
  ],
  ['addMember', member, 'removed', ['createAccount', 'addMember anna', 'removeMember anna', 'removeAccount']],
  [
    'removeAccount',
    offboarding,
    'access,member,watchlist-item,ssn-monitoring,proveRemoval Cancelled',
    ['removeAccount'],
  ],
];

it.each(CALLS)(
  'cancelled while a slow retry of %s is under way, owns what it does later',
  async (call, open, record, effects) => {
    const { journey, release } = await retryUnderWay(suite, call, () => open(suite));
    expect(await cancelledBeside(journey, release)).toEqual([]);
    expect(await journey.record()).toBe(record);
    expect(suite.provider.effects.slice(-effects.length)).toEqual(effects);
  },
);

it('says that a member is removed only when nothing brings it in any more', async () => {
  const { journey, release } = await retryUnderWay(suite, 'addMember', () => member(suite));
  const removed = journey.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
  await toldToStop(journey.caller);
  release();
  await removed;
  expect(suite.provider.effects.slice(-2)).toEqual(['addMember anna', 'removeMember anna']);
  expect(suite.provider.account.members).toEqual([]);
  await journey.handle.terminate();
});

it('undoes nothing before what a message has begun is settled', async () => {
  const run = await suite.start();
  await run.until(({ wait }) => wait !== undefined);
  const held = suite.provider.hold('sendVerification');
  const asked = run.handle.executeUpdate(resendVerification).catch((error: Error) => error);
  await held.entered;
  expect(await cancelledBeside({ handle: run.handle, caller: run.handle }, held.release)).toEqual([]);
  expect(await asked).toBeUndefined();
  expect(suite.provider.effects).toEqual(['createAccount', 'sendVerification', 'removeAccount']);
});
