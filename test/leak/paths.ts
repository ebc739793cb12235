import { eventually } from '../setup/eventually.ts';
import { changed, changedWhileOpen } from './changed.ts';
import { facilioo, payway } from './elsewhere.ts';
import { existingCustomer } from './existing-customer.ts';
import { read } from './reads.ts';
import { broughtBack, nobody, troubled } from './troubled.ts';
import { eidStorm, outage, storm } from './storm.ts';
import { cancelled, expired, remainder } from './undone.ts';
import { QUICK, everything, member, referenceOf, single } from './requests.ts';
import { completes, ended, memberAtAttention, until, waitsFor, type Path, type Stage } from './stage.ts';
import { badPayload, refusedUpdates } from './updates.ts';

/** The ways through an account's life, and how each must end. They run side by side. */
export const PATHS: Record<string, { drive: Path; ends: string }> = {
  'family-eid': { drive: familyByEid, ends: 'completed-with-gaps' },
  'corrected-business': { drive: correctedBusiness, ends: 'completed' },
  'e-mail-taken': { drive: emailTaken, ends: 'rejected EmailTaken' },
  'ssn-taken': { drive: ssnTaken, ends: 'rejected SsnTaken' },
  refused: { drive: refused, ends: 'rejected RequestRefused' },
  storm: { drive: storm, ends: 'completed' },
  'eid-storm': { drive: eidStorm, ends: 'completed' },
  outage: { drive: outage, ends: 'completed' },
  updates: { drive: refusedUpdates, ends: 'completed' },
  'bad-payload': { drive: badPayload, ends: 'completed' },
  read: { drive: read, ends: 'aborted' },
  cancelled: { drive: cancelled, ends: 'aborted' },
  expired: { drive: expired, ends: 'expired EmailNotVerified' },
  remainder: { drive: remainder, ends: 'failed UndoIncomplete' },
  'member-trouble': { drive: memberTrouble, ends: 'completed-with-gaps' },
  reconciled: { drive: reconciled, ends: 'completed, differs: 0 0 0' },
  changed: { drive: changed, ends: 'removed' },
  'changed-open': { drive: changedWhileOpen, ends: 'completed' },
  troubled: { drive: troubled, ends: 'aborted Forbidden removeWatchlistItems: Forbidden' },
  'brought-back': { drive: broughtBack, ends: 'brought-back Cancelled' },
  nobody: { drive: nobody, ends: 'nothing-there' },
  payway: { drive: payway, ends: 'removed' },
  'payway-reader': { drive: existingCustomer, ends: 'completed' },
  facilioo: { drive: facilioo, ends: 'kept deactivateAccount: NotSupported removeAccount: NotSupported' },
};

async function familyByEid(stage: Stage): Promise<string> {
  const { house, canaries, customers, onboard } = stage;
  const path = 'family-eid';
  const reference = referenceOf(path);
  const { ssn: _, ...person } = single(canaries, path).person;
  const request = single(canaries, path, {
    kind: 'family',
    person,
    members: [member(canaries, path, 'partner'), member(canaries, path, 'absent')],
    identification: canaries.identification(path),
    ssnMonitoring: true,
    watchlists: canaries.watchlists(path),
    policy: { ...QUICK, memberAccepted: { ...QUICK.memberAccepted, reminders: ['PT1S'], deadline: 'PT12S' } },
  });
  await house.client.start(request);
  await until(stage, path, waitsFor('emailVerified'));
  const late = JSON.stringify(member(canaries, path, 'late'));
  await onboard.run('add-member', ['add-member', reference, '-'], late);
  customers.willing(reference, `${reference}.partner`);
  await until(stage, path, waitsFor('identification'));
  const { output } = await onboard.unheard(['eid-link', reference]);
  canaries.plant(`${path}: eID link`, output.trim());
  await onboard.run('remove-member', ['remove-member', reference, 'late', '--json']);
  customers.identifies(reference, 'cancel', canaries.ssn(`${path}: by eID`));
  return ended(stage, path);
}

/** An SSN of ten digits is refused by the vendor; an operator corrects it. */
async function correctedBusiness(stage: Stage): Promise<string> {
  const { house, canaries, customers, onboard } = stage;
  const path = 'corrected-business';
  const reference = referenceOf(path);
  customers.willing(reference, `${reference}.partner`);
  const request = everything(canaries, path);
  request.person.ssn = canaries.ssn(`${path}: refused`, 'ten');
  await house.client.start(request);
  await until(stage, path, ({ attention }) => attention?.step === 'createAccount');
  await onboard.run('attention', ['attention']);
  await onboard.run('attention --json', ['attention', '--json']);
  await onboard.run('status at attention', ['status', reference]);
  const corrected = canaries.ssn(`${path}: corrected`, 'twelve');
  await onboard.run('correct', ['correct', reference, 'person.ssn'], `${corrected}\n`);
  const said = canaries.plant(`${path}: reason`, 'Kanarie-Begrundan');
  await onboard.run('resolve', ['resolve', reference, 'createAccount', 'retry', '--reason', said]);
  return ended(stage, path);
}

async function emailTaken(stage: Stage): Promise<string> {
  const path = 'e-mail-taken';
  const request = single(stage.canaries, path);
  const email = stage.customer.person.email!;
  return completes(stage, path, { ...request, person: { ...request.person, email } });
}

async function ssnTaken(stage: Stage): Promise<string> {
  const path = 'ssn-taken';
  const request = single(stage.canaries, path);
  const ssn = stage.customer.person.ssn!;
  return completes(stage, path, { ...request, person: { ...request.person, ssn } });
}

/** Two people with one address: the client lets it pass, the provider's rules do not. */
async function refused(stage: Stage): Promise<string> {
  const path = 'refused';
  const request = single(stage.canaries, path, { kind: 'family' });
  const twin = member(stage.canaries, path, 'twin');
  const members = [{ ...twin, person: { ...twin.person, email: request.person.email! } }];
  return completes(stage, path, { ...request, members });
}

/** A member whose SSN the vendor refuses: the member's own run needs attention and is given up. */
async function memberTrouble(stage: Stage): Promise<string> {
  const { house, canaries, customers, onboard } = stage;
  const path = 'member-trouble';
  const reference = referenceOf(path);
  customers.willing(reference);
  const refusedMember = member(canaries, path, 'refused');
  refusedMember.person.ssn = canaries.ssn(`${path}.refused: ten digits`, 'ten');
  await house.client.start(single(canaries, path, { kind: 'family', members: [refusedMember] }));
  await eventually('the member at attention', () => memberAtAttention(stage, path, 'refused'), 120_000);
  await onboard.run('status of a member', ['status', `defentry/${reference}/refused`]);
  const said = canaries.plant(`${path}: reason`, 'Kanarie-Avslag');
  await onboard.run('resolve of a member', [
    'resolve',
    `defentry/${reference}/refused`,
    'addMember',
    'abort',
    '--reason',
    said,
  ]);
  return ended(stage, path);
}

/** The reports are files that people send each other. */
async function reconciled(stage: Stage): Promise<string> {
  const { house, canaries, customers, onboard } = stage;
  const path = 'reconciled';
  const reference = referenceOf(path);
  customers.willing(reference);
  const watchlists = canaries.watchlists(path);
  await house.client.start(single(canaries, path, { ssnMonitoring: true, watchlists }));
  const end = await ended(stage, path);
  const codes: number[] = [];
  for (const format of ['json', 'csv', 'html']) {
    codes.push(await onboard.here(`reconcile as ${format}`, ['reconcile', reference, '--format', format]));
  }
  return `${end}, differs: ${codes.join(' ')}`;
}
