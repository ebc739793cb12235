import { isPossiblePhoneNumber } from 'libphonenumber-js/min';
import * as hetu from 'stdnum/lib/cjs/fi/hetu.js';
import { isCard, isIban, isRegistered } from './registered-numbers.ts';

/** Drawn at random, so that its digits and letters now and then look like a date or an account. */
const UUID = /(?<![0-9a-z])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;
/** Likewise, with both digits and letters. An IBAN may be written so, too. */
const LONG_HEX = /(?<![0-9a-z])(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{24,}(?![0-9a-z])/gi;
/** What is longer is no reference, and is not looked through. */
const LONGEST = 200;
const DIGITS_ONLY = /^[\d_-]+$/;
/**
 * Six or eight digits of a birth date, a separator or none, the three to five characters of the rest; a letter before three of them is of a
 * Swedish interim number. No other digit touches it.
 */
const NATIONAL_ID = /(?<!\d)(\d{6}|\d{8})[-_+A]?(\d{3}[0-9A-Z]|[JKLMNR-UWX]\d{3}|\d{5})(?!\d)/gi;
/** With the signs of decree 690/2022. Random keys look so, too, so the check sign must fit. */
const FINNISH = /(?<!\d)\d{6}[A-FU-Y]\d{3}[0-9A-Z](?![0-9A-Z])/gi;
/** As the United States write theirs, which has no check digit. */
const SOCIAL_SECURITY = /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/;

/**
 * What a reference looks like that must not be one, because it would stand in workflow ids, lists and logs for years.
 * Nordic IDs by shape, not by check digit: a mistyped national ID is personal data too.
 */
export function looksPersonal(reference: string): string | undefined {
  if (reference.includes('@')) return 'an e-mail address';
  if (reference.length > LONGEST) return undefined;
  const withoutUuids = reference.replaceAll(UUID, 'random');
  if (numbersIn(withoutUuids).some(isIban)) return 'a bank account';
  const chosen = withoutUuids.replaceAll(LONG_HEX, 'random');
  const numbers = numbersIn(chosen);
  if (holdsNationalId(chosen)) return 'a national ID';
  if (numbers.some(isCard)) return 'a card number';
  if (looksLikePhone(chosen)) return 'a phone number';
  return numbers.some(isRegistered) ? 'a national ID' : undefined;
}

/**
 * What could be a number in it, in capitals and without separators: what stands between separators, several of these together, behind a
 * prefix or not, and digits also before letters.
 */
function numbersIn(text: string): string[] {
  const parts = text.toUpperCase().match(/\d+|[A-Z]+|[^\dA-Z]+/g) ?? [];
  return parts.flatMap((first, start) => {
    const begins = /\d/.test(first) || (/[A-Z]/.test(first) && !/[\dA-Z]/.test(parts[start - 1] ?? ''));
    let joined = '';
    return (begins ? parts.slice(start) : []).flatMap((part, index, rest) => {
      if (!/[\dA-Z]/.test(part)) return [];
      joined += part;
      return /^\d+$/.test(joined) || !/[\dA-Z]/.test(rest[index + 1] ?? '') ? [joined] : [];
    });
  });
}

/** The Nordic forms: YYMMDD-NNNN and YYYYMMDD-NNNN (SE), DDMMYY-NNNN (DK), DDMMYYNNNNN (NO), DDMMYY-NNNC (FI), DDMMYY-NNNN (IS). */
function holdsNationalId(text: string): boolean {
  return (
    [...text.matchAll(NATIONAL_ID)].some(([, date, rest]) => isBirthDate(date!, rest!.length === 5)) ||
    [...text.toUpperCase().matchAll(FINNISH)].some(([number]) => hetu.validate(number).isValid) ||
    SOCIAL_SECURITY.test(text)
  );
}

function isBirthDate(digits: string, isNorwegian: boolean): boolean {
  const [a, b, c] = digits.slice(-6).match(/\d\d/g)!.map(Number);
  if (digits.length === 8) return /^(19|20)/.test(digits) && isMonth(b!) && isDay(c!);
  if (isNorwegian && isDay(a!) && [40, 80].some((added) => isMonth(b! - added))) return true;
  return isMonth(b!) && (isDay(a!) || isDay(c!));
}

/** Norway adds 40 to the month of an H-number, 40 or 80 to that of a number made for tests. */
function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

/** Coordination numbers add 60 to the day (SE, DK), D-numbers 40 (NO). */
function isDay(day: number): boolean {
  return [0, 40, 60].some((added) => day - added >= 1 && day - added <= 31);
}

/** With a country code or with a leading zero. Bare digits that are neither are taken for a customer number. */
function looksLikePhone(text: string): boolean {
  if (text.startsWith('+')) return true;
  const digits = text.replaceAll(/[_-]/g, '');
  if (!DIGITS_ONLY.test(text) || digits.length < 8) return false;
  if (digits.startsWith('00')) return isPossiblePhoneNumber(`+${digits.slice(2)}`);
  return digits.startsWith('0') ? digits.length <= 11 : digits.length >= 11 && isPossiblePhoneNumber(`+${digits}`);
}
