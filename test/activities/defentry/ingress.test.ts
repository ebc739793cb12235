import { share } from '../../setup/sample.ts';
import { changeHolds, ingressKinds, readingHolds } from '../ingress.ts';
import { CASES, closeDesks } from './cases.ts';
import { READINGS } from './readings.ts';

afterEach(closeDesks);

const LOGINS = ['POST /api/v1/crm/auth/login'];
const KINDS = ingressKinds('{"error":{"code":"CONFLICT","message":"x"}}');

describe.each(KINDS.map((ingress, turn) => ({ ...ingress, turn })))('$name', ({ turn, ...ingress }) => {
  test.each(share(CASES, turn, 24))('$name says what happened', (given) => changeHolds(given, ingress, LOGINS));
  test.each(share(READINGS, turn, 24))('$name says what is there', (given) => readingHolds(given, ingress, LOGINS));
});
