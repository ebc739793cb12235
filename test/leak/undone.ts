import { ECHOES } from './echoes.ts';
import { QUICK, member, referenceOf, single } from './requests.ts';
import { about, ended, until, waitsFor, type Path } from './stage.ts';

export const cancelled: Path = async (stage) => {
  const { house, canaries, onboard } = stage;
  const path = 'cancelled';
  const members = [member(canaries, path, 'partner')];
  await house.client.start(single(canaries, path, { kind: 'family', members }));
  await until(stage, path, waitsFor('emailVerified'));
  const said = canaries.plant(`${path}: reason`, 'Kanarie-Uppsagning');
  await onboard.run('cancel', ['cancel', referenceOf(path), '--reason', said, '--by', said]);
  return ended(stage, path);
};

export const expired: Path = async (stage) => {
  const { house, canaries } = stage;
  const path = 'expired';
  const emailVerified = { ...QUICK.emailVerified, reminders: ['PT1S'], deadline: 'PT8S' };
  await house.client.start(single(canaries, path, { policy: { ...QUICK, emailVerified } }));
  return ended(stage, path);
};

/** The account cannot be taken back: the vendor refuses, and quotes. */
export const remainder: Path = async (stage) => {
  const { house, canaries } = stage;
  const path = 'remainder';
  const isAbout = about(stage, path);
  house.providers.defentry.vendor.disturb({
    name: 'removal',
    meets: (call) => call.route.startsWith('DELETE ') && isAbout(call),
    does: ECHOES['error that quotes']!,
    times: 100,
  });
  await house.client.start(single(canaries, path, { policy: { ...QUICK, undoWithin: 'PT2S' } }));
  await until(stage, path, waitsFor('emailVerified'));
  await house.client.cancel('defentry', referenceOf(path));
  return ended(stage, path);
};
