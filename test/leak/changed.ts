import type { Canaries } from './canaries.ts';
import { allEnd, ask, customerOf, offboarded, type Wanted } from './management.ts';
import { everything, member, single } from './requests.ts';
import { completes, ended, until, waitsFor, type Path, type Stage } from './stage.ts';

/** Every kind of change there is, done or refused, then the end of the account with all that hangs on it. */
export const changed: Path = async (stage) => {
  const { house, canaries, customers, onboard } = stage;
  const path = 'changed';
  const customer = customerOf(path);
  const { reference } = customer;
  customers.willing(reference, `${reference}.partner`, `${reference}.later`);
  await completes(stage, path, everything(canaries, path));
  const wanted = changesOf(stage, path);
  await ask(stage, customer, wanted);
  const { phone } = canaries.person(`${path}.typed`);
  await onboard.here('change typed', ['change', reference, 'update-profile', `phone=${phone}`, '--wait']);
  await onboard.here('change typed in', ['change', reference, 'upgrade-plan', '-', '--wait', '--json'], 'kanarie-plan');
  await allEnd(stage, customer, wanted);
  await onboard.here('status of changes', ['status', `change/defentry/${reference}`]);
  await onboard.here('status of changes --json', ['status', `change/defentry/${reference}`, '--json']);
  await onboard.here('offboard', ['offboard', reference, '--keep-for', 'PT0S', '--yes', '--wait']);
  await onboard.here('offboard again', ['offboard', reference, '--keep-for', 'PT0S', '--yes', '--wait', '--json']);
  await onboard.here('offboard status', ['offboard', 'status', reference]);
  await onboard.here('offboard status --json', ['offboard', 'status', reference, '--json']);
  const story = await house.client.offboardings.progress('defentry', reference);
  stage.heard.push({ name: 'library: progress of an offboarding', bytes: Buffer.from(JSON.stringify(story)) });
  return offboarded(stage, customer);
};

function changesOf({ house, canaries, customer: other }: Stage, path: string): Wanted[] {
  const entries = house.providers.defentry.sandbox.ledger.entries({ externalId: other.reference });
  const supervisorId = entries[0]!.accountId;
  const person = (name: string) => canaries.person(`${path}.${name}`);
  const { email: _, ...profile } = person('profile');
  const later = member(canaries, path, 'later');
  const supervisor = canaries.plant(`${path}: supervisor`, 'kanarie-forman-17');
  const planId = canaries.plant(`${path}: plan`, 'kanarie-plan');
  return [
    ['new-address', { kind: 'change-email', email: person('new').email }, 'done'],
    ['taken-address', { kind: 'change-email', email: other.person.email! }, 'refused EmailTaken'],
    ['profile', { kind: 'update-profile', profile: { ...profile, countryCode: 'FI', languageCode: 'fi' } }, 'done'],
    ['no-address', { kind: 'delete-email' }, 'done'],
    ['address-again', { kind: 'change-email', email: person('again').email }, 'done'],
    ['supervisor', { kind: 'change-supervisor', supervisorId }, 'done NotReadable'],
    ['no-supervisor', { kind: 'change-supervisor', supervisorId: supervisor }, 'refused RequestRefused'],
    ['rights', { kind: 'change-rights', rights: { admin: true } }, 'refused RequestRefused'],
    ['password', { kind: 'set-password', by: 'generated' }, 'done NotReadable'],
    ['reset-mail', { kind: 'set-password', by: 'reset-mail' }, 'refused RequestRefused'],
    ['monitoring-off', { kind: 'ssn-monitoring-off' }, 'done'],
    ['plan-down', { kind: 'downgrade-plan', planId: '2' }, 'done'],
    ['plan-up', { kind: 'upgrade-plan', planId: '1' }, 'done'],
    ['no-plan', { kind: 'upgrade-plan', planId }, 'refused RequestRefused'],
    ['monitoring-on', { kind: 'ssn-monitoring-on' }, 'done'],
    ...watched(canaries, path),
    ['member', { kind: 'add-member', member: later }, 'done'],
    ['invited', { kind: 'invite-member', member: later }, 'done'],
    ['member-gone', { kind: 'remove-member', member: later }, 'done'],
    ['off', { kind: 'deactivate' }, 'done'],
    ['on', { kind: 'activate' }, 'done'],
  ];
}

/** On each list one more, and off it again; of a card only some digits are read back. */
function watched(canaries: Canaries, path: string): Wanted[] {
  return canaries.watchlists(`${path}.later`).flatMap((item): Wanted[] => [
    [item.kind, { kind: 'add-watchlist-item', item }, item.kind === 'credit-card' ? 'done NotReadable' : 'done'],
    [`${item.kind}-gone`, { kind: 'remove-watchlist-item', item }, 'done'],
  ]);
}

/** While the onboarding is open it hands changes over, and goes on with what has become of them. */
export const changedWhileOpen: Path = async (stage) => {
  const { house, canaries, customers, onboard } = stage;
  const path = 'changed-open';
  const customer = customerOf(path);
  const { reference } = customer;
  await house.client.start(single(canaries, path, { kind: 'family', members: [member(canaries, path, 'partner')] }));
  await until(stage, path, waitsFor('emailVerified'));
  const { email, firstName, lastName } = canaries.person(`${path}.new`);
  const wanted: Wanted[] = [
    ['address', { kind: 'change-email', email }, 'done'],
    ['profile', { kind: 'update-profile', profile: { firstName, lastName } }, 'done'],
    ['member', { kind: 'add-member', member: member(canaries, path, 'later') }, 'done'],
  ];
  await ask(stage, customer, wanted);
  await onboard.here('status with changes', ['status', reference]);
  customers.willing(reference, `${reference}.partner`, `${reference}.later`);
  // A member is the onboarding's own, so no run of changes ever hears of that one.
  await allEnd(stage, customer, wanted.slice(0, 2));
  return ended(stage, path);
};
