import { referenceOf } from './requests.ts';
import { ended, until, waitsFor, type Path } from './stage.ts';

/** The worker is killed while the run waits for its customer; the next one replays it. */
export const killedWorker: Path = async (stage) => {
  const { house, customer } = stage;
  const reference = referenceOf('killed');
  // No look is under way when the worker dies.
  const seldom = { firstPoll: 'PT1H', maxPoll: 'PT1H' };
  await house.client.start({ ...customer, policy: { emailVerified: seldom } });
  await until(stage, 'killed', waitsFor('emailVerified'));
  await house.killWorker();
  await house.startWorker();
  const [mail] = house.providers.defentry.sandbox.outbox.open().filter(({ kind }) => kind === 'confirm-email');
  house.providers.defentry.sandbox.act(mail!.id);
  await house.client.emailVerified('defentry', reference, { eventId: 'after the kill' });
  return ended(stage, 'killed');
};
