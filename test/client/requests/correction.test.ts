import { RequestInvalid } from '../../../client/index.ts';
import { checkCorrection, REQUEST_PATHS } from '../../../client/requests/correction.ts';
import { correctedRequest } from '../../../workflows/onboarding/correction.ts';
import { validRequest } from '../requests.ts';

test.each([
  ['person.lastName', ' A\u030akerlund', 'Åkerlund'],
  ['person.email', 'maja@bücher.example ', 'maja@xn--bcher-kva.example'],
  ['person.phone', '+46 70 123 45 67', '+46701234567'],
  ['person.ssn', '19900101 1234', '199001011234'],
  ['planId', ' gold', 'gold'],
  ['no.such.path', ' x', 'x'],
])('%s %j is sent as %j', (path, value, sent) =>
  expect(checkCorrection({ path, value })).toEqual({ path, value: sent }),
);

test.each([
  ['person.email', 'maja'],
  ['person.phone', '0701234567'],
  ['person.countryCode', 'UK'],
  ['person.firstName', '\u200b'],
  ['identification.returnUrl', 'http://bank.example'],
  ['no.such.path', 'a\u2028b'],
])('%s %j is refused before the run hears of it', (path, value) => {
  expect(() => checkCorrection({ path, value })).toThrow(RequestInvalid);
});

test.each(REQUEST_PATHS)('the run takes %s', (path) => {
  const whole = validRequest({
    company: { name: 'Berg AB', organizationNumber: '556468-3984' },
    existingCustomer: { customerNumber: '1' },
    address: { street: 'Storgatan', zipCode: '27567', city: 'Vollsjö', countryCode: 'SE' },
  });
  expect(correctedRequest(whole, path, 'new')).toBeDefined();
});
