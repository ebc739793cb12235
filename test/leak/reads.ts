import { onboardingId } from '../../contract/ids.ts';
import { queries } from './refusals.ts';
import { member, referenceOf, single } from './requests.ts';
import { text } from './sources.ts';
import { ended, until, waitsFor, type Path, type Stage } from './stage.ts';

const PATH = 'read';

/** Looks at an open run in every way there is, and cancels it. */
export const read: Path = async (stage) => {
  const { house, canaries, onboard } = stage;
  const reference = referenceOf(PATH);
  const members = [member(canaries, PATH, 'partner')];
  const { ssn: _, ...person } = single(canaries, PATH).person;
  const identification = canaries.identification(PATH);
  await house.client.start(single(canaries, PATH, { kind: 'family', person, members, identification }));
  await until(stage, PATH, waitsFor('emailVerified'));
  await answers(stage, reference);
  await events(stage, reference);
  await account(stage, reference);
  for (const args of [
    ['status', reference],
    ['status', reference, '--json'],
    ['status', `defentry/${reference}/partner`],
    ['list'],
    ['list', '--members', '--json'],
    ['attention'],
    ['events'],
    ['events', '--running', '--json'],
    ['events', '--unmatched'],
    ['decisions', reference],
    ['doctor'],
    ['doctor', '--json'],
    ['signal', 'email-verified', reference],
    ['signal', 'eid-completed', reference, '--identification-id', '1', '--json'],
    ['signal', 'member-accepted', reference, 'partner'],
    ['resend', reference],
    ['cancel', reference, '--json'],
    ['watch', reference],
    ['watch', reference, '--json'],
  ]) {
    // `doctor` reads the environment of its process.
    const asProcess = args[0] === 'doctor' || !args.includes('--json');
    await (asProcess ? onboard.run(args.join(' '), args) : onboard.here(args.join(' '), args));
  }
  return ended(stage, PATH);
};

/** One of the run's account, one of nobody's; their ids stand in no clear text, though a sender's event id may be known to him alone. */
async function events({ house, canaries, heard }: Stage, reference: string): Promise<void> {
  const { client } = house;
  const accountId = canaries.plant('read: account of nobody', 'kanarie-account-0815');
  const eventId = canaries.plant('read: event id', 'kanarie-event-4711');
  const kind = 'emailVerified';
  heard.push(
    text(
      'library: deliverEvent',
      JSON.stringify([
        await client.deliverEvent({ provider: 'defentry', eventId, kind, reference }),
        await client.deliverEvent({ provider: 'defentry', eventId: `${eventId}-2`, kind, accountId }),
      ]),
    ),
  );
}

/** What the provider shows goes to the caller, for whom it is, and to nobody else; what is not there or not allowed goes to nobody. */
async function account({ house, canaries, onboard }: Stage, reference: string): Promise<void> {
  const by = canaries.ssn('read: looked up by');
  for (const what of ['account', 'members']) {
    const shown = await house.client.read({ provider: 'defentry', reference, what, by });
    if (!JSON.stringify(shown).includes('kanarie.read')) throw new Error(`reading ${what} did not show the customer`);
  }
  await onboard.here('read: refused', ['read', reference, 'nothing-such', '-'], `${by}\n`);
  await onboard.here('read: not there', ['read', `${reference}-x`, '--json']);
}

/** Of the library, and of Temporal to anybody who asks without a key. */
async function answers(stage: Stage, reference: string): Promise<void> {
  const { house, heard } = stage;
  const { client } = house;
  const runs: unknown[] = [];
  for await (const run of client.list({ members: true })) runs.push(run);
  heard.push(
    text('library: progress', JSON.stringify(await client.progress('defentry', reference))),
    text(
      'library: progress of a member',
      JSON.stringify(await client.memberProgress('defentry', reference, 'partner')),
    ),
    text('library: run', JSON.stringify(await client.get('defentry', reference))),
    text('library: list', JSON.stringify(runs)),
  );
  await queries(stage, onboardingId('defentry', reference), ['progress', 'eidLink', 'decisions']);
}
