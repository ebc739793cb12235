import cardValidator from 'card-validator';
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';

/** Digits alone. Of a network that is known by its length and check digit, of any other by the check digit (ISO/IEC 7812-1: 12 to 19 digits). */
export function isCardNumber(digits: string): boolean {
  const { card, isValid } = cardValidator.number(digits);
  return card === null ? /^[1-9]\d{11,18}$/.test(digits) && luhnChecksumValidate(digits) : isValid;
}
