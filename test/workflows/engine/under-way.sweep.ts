import type { ActivityName } from '../../../contract/activities.ts';
import { removeMember, renewEidLink, resendVerification } from '../../../contract/messages.ts';
import { newAccount } from '../scripted-account.ts';
import { eventually, openSuite, type Suite } from '../suite.ts';
import {
  cancelledBeside,
  member,
  newAddress,
  offboarding,
  onboarding,
  retryUnderWay,
  type Journey,
} from './under-way.ts';

let suite: Suite;
beforeEach(async () => {
  suite = await openSuite({}, { clock: 'real' });
  suite.provider.account = newAccount();
});
afterEach(() => suite.close());

const eid = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;
const identified = (of: Suite) =>
  onboarding(of, { person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' }, identification: eid });

/** Every call of every journey that changes something at the provider. */
const CALLS: [journey: string, open: (suite: Suite) => Promise<Journey>, calls: ActivityName[]][] = [
  ['an onboarding', onboarding, ['createAccount', 'enableSsnMonitoring', 'enrolWatchlist']],
  ['an onboarding by eID', identified, ['startIdentification']],
  ['a member', member, ['addMember', 'inviteMember']],
  ['a new address', newAddress, ['applyChange']],
  [
    'an offboarding',
    offboarding,
    ['removeMember', 'applyChange', 'disableSsnMonitoring', 'deactivateAccount', 'removeAccount'],
  ],
];
const CASES = CALLS.flatMap(([journey, open, calls]) => calls.map((call) => ({ journey, open, call })));

/** Those that a cancel takes back, by how; what a removal has removed stays removed, and the record says so. */
const TAKEN_BACK: Partial<Record<ActivityName, string>> = {
  createAccount: 'removeAccount',
  enableSsnMonitoring: 'removeAccount',
  enrolWatchlist: 'removeAccount',
  startIdentification: 'removeAccount',
  addMember: 'removeMember anna',
  inviteMember: 'removeMember anna',
};

it.each(CASES)(
  '$journey, cancelled while a slow retry of $call is under way, owns what it does later',
  async ({ journey: name, open, call }) => {
    const { provider } = suite;
    provider.verified = true;
    const { journey, release } = await retryUnderWay(suite, call, () => open(suite));
    expect(await cancelledBeside(journey, release)).toEqual([]);
    const effects = provider.effects.map((effect) => effect.replace(/ (?!anna).*/, ''));
    const [happened, undone] = [call, TAKEN_BACK[call]].map((one) =>
      effects.findLastIndex((each) => each.startsWith(one ?? call)),
    );
    expect(happened).toBeGreaterThanOrEqual(0);
    if (name === 'an offboarding')
      expect(await journey.record()).toMatch(call === 'disableSsnMonitoring' ? /ssn-monitoring$/ : / Cancelled$/);
    else if (name === 'a new address')
      expect(provider.account).toMatchObject({ email: 'ada@example.com', active: true });
    else expect(undone).toBeGreaterThan(happened!);
  },
);

/** Handlers whose call is at the provider when the cancel comes. */
const ASKED: [
  update: string,
  call: ActivityName,
  ask: (journey: Journey) => Promise<unknown>,
  open: (of: Suite) => Promise<Journey>,
][] = [
  [
    'resendVerification',
    'sendVerification',
    ({ handle }) => handle.executeUpdate(resendVerification),
    (of) => onboarding(of),
  ],
  ['renewEidLink', 'startIdentification', ({ handle }) => handle.executeUpdate(renewEidLink), identified],
  [
    'removeMember',
    'removeMember',
    ({ handle }) => handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] }),
    member,
  ],
];

it.each(ASKED)(
  'an onboarding, cancelled while %s is at the provider, undoes after it',
  async (update, call, ask, open) => {
    const { provider } = suite;
    provider.verified = update === 'renewEidLink';
    const journey = await open(suite);
    await eventually(journey.waits, (waits) => waits, 30_000);
    const held = provider.hold(call);
    const asked = ask(journey).catch((error: Error) => error);
    await held.entered;
    const { handle, caller } = journey;
    await handle.cancel();
    held.release();
    await asked;
    await handle.result().catch(() => undefined);
    expect(provider.effects.at(-1)).toBe('removeAccount');
    expect(provider.effects.findIndex((effect) => effect.startsWith(call))).toBeLessThan(provider.effects.length - 1);
    // A member's run ends by itself, a moment after its customer's.
    await eventually(
      async () => (await caller.describe()).status.name,
      (status) => status !== 'RUNNING',
    );
  },
);

/** What an undo is in the middle of when a second cancel comes. */
const UNDOES: [call: ActivityName, open: (of: Suite) => Promise<Journey>, last: string][] = [
  ['removeAccount', (of) => onboarding(of), 'removeAccount'],
  ['removeMember', member, 'removeAccount'],
  ['applyChange', newAddress, 'applyChange activate'],
];

it.each(UNDOES)('cancelled again while its undo calls %s, goes on undoing', async (call, open, last) => {
  const journey = await open(suite);
  await eventually(journey.waits, (waits) => waits, 30_000);
  const held = suite.provider.hold(call);
  await journey.handle.cancel();
  await held.entered;
  await journey.handle.cancel();
  held.release();
  await journey.handle.result().catch(() => undefined);
  expect(suite.provider.effects.at(-1)).toBe(last);
});
