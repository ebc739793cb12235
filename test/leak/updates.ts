import { encryptionCodec } from '../../encryption/codec.ts';
import { parseKeyRing } from '../../encryption/key-ring.ts';
import { onboardingId } from '../../contract/ids.ts';
import { emailVerified } from '../../contract/messages.ts';
import { eventually } from '../setup/eventually.ts';
import { signalsOf } from '../setup/history.ts';
import { refused } from './refusals.ts';
import { member, referenceOf, single } from './requests.ts';
import { ended, until, waitsFor, type Path } from './stage.ts';

/** Messages that the run refuses, with personal data wherever an argument has room. Their errors are what a backend would log. */
export const refusedUpdates: Path = async (stage) => {
  const { house, canaries, customers, onboard } = stage;
  const path = 'updates';
  const reference = referenceOf(path);
  const said = canaries.plant('updates: misplaced argument', 'Kanarie-Misplaced');
  await onboard.run('start', ['start', '-'], JSON.stringify(single(canaries, path)));
  await until(stage, path, waitsFor('emailVerified'));
  const { client } = house;
  const refusals: (() => Promise<unknown>)[] = [
    () => client.confirmEmail('defentry', reference, { code: said }),
    () => client.correct('defentry', reference, { path: `person.${said}`, value: said }),
    () => client.correct('defentry', reference, { path: 'person.ssn', value: canaries.ssn(`${path}: too late`) }),
    () => client.correct('defentry', reference, { path: 'person.email', value: said.repeat(50) }),
    () => client.removeMember('defentry', reference, { member: said }),
    () => client.resolve('defentry', reference, { step: said, action: 'retry', reason: 'the cause is gone' }),
    () =>
      client.addMember('defentry', reference, { ...member(canaries, path, 'x'), reference: `${said}@post.example` }),
    () => client.deliverEvent({ provider: said, eventId: `${said}\n`, kind: said, [said]: said }),
    () => client.renewEidLink('defentry', reference),
    () => client.start({ ...single(canaries, `${path}: other request`), reference }),
  ];
  for (const [index, refusal] of refusals.entries()) await refused(stage, `refusal ${index}`, refusal);
  await onboard.run('refused correct', ['correct', reference, 'person.phone', '-', '--json'], `${said}\n`);
  await onboard.run('refused confirm-email', ['confirm-email', reference, said]);
  customers.willing(reference);
  return ended(stage, path);
};

/** A payload that is no JSON once it is decrypted, which the parser quotes: the message is refused, and the run goes on. */
export const badPayload: Path = async (stage) => {
  const { house, canaries, customers } = stage;
  const path = 'bad-payload';
  const workflowId = onboardingId('defentry', referenceOf(path));
  await house.client.start(single(canaries, path));
  await until(stage, path, waitsFor('emailVerified'));
  const quoted = canaries.plant('bad-payload: what the parser quotes', 'Qz8Kanari');
  const broken = { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(`{"a":${quoted}}`) };
  const codec = encryptionCodec(parseKeyRing(house.env['ONBOARDING_KEYS']!, 'test'));
  const payloads = await codec.encode([broken], { type: 'workflow', namespace: 'default', workflowId });
  await house.connection.workflowService.signalWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId },
    signalName: emailVerified.name,
    input: { payloads },
  });
  const run = house.client.temporal.workflow.getHandle(workflowId);
  await eventually('the message in the history', async () => (await signalsOf(run)).length > 0);
  customers.willing(referenceOf(path));
  return ended(stage, path);
};
