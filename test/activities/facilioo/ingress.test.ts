import { share } from '../../setup/sample.ts';
import { changeHolds, ingressKinds, readingHolds } from '../ingress.ts';
import { CASES, closeDesks } from './cases.ts';
import { READINGS } from './readings.ts';

afterEach(closeDesks);

const LOGINS = ['POST /api/auth/refresh', 'POST /api/auth/login'];
// A page of 403 is a block, after which nothing is asked for a while: test/activities/facilioo/pause.test.ts.
const KINDS = ingressKinds('{"title":"Conflict","status":409}').filter(({ name }) => name !== 'a 403 of a firewall');

describe.each(KINDS.map((ingress, turn) => ({ ...ingress, turn })))('$name', ({ turn, ...ingress }) => {
  test.each(share(CASES, turn, 8))('$name says what happened', (given) => changeHolds(given, ingress, LOGINS));
  test.each(share(READINGS, turn, 8))('$name says what is there', (given) => readingHolds(given, ingress, LOGINS));
});
