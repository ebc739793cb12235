import { changeHolds, ingressKinds, readingHolds } from '../ingress.ts';
import { CASES, closeDesks } from './cases.ts';
import { READINGS } from './readings.ts';

afterEach(closeDesks);

const LOGIN = 'POST /api/v1/crm/auth/login';
const KINDS = ingressKinds('{"error":{"code":"CONFLICT","message":"x"}}');

describe.each(KINDS)('$name', (ingress) => {
  test.each(CASES)('$name says what happened', (given) => changeHolds(given, ingress, LOGIN));
  test.each(READINGS)('$name says what is there', (given) => readingHolds(given, ingress, LOGIN));
});
