import { isPossiblePhoneNumber } from 'libphonenumber-js/min';

const UUID = /(?<![0-9a-z])[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-z])/gi;
const DIGITS_ONLY = /^[\d_-]+$/;
/** Six or eight digits of a birth date, a separator or none, the three to five characters of the rest. Nothing else touches it. */
const NATIONAL_ID = /(?<!\d)(\d{6}|\d{8})[-_+A]?(\d{3}[0-9A-Z]|\d{5})(?!\d)/gi;

/**
 * What a reference looks like that must not be one, because it would stand in workflow ids, lists and logs for years.
 * By shape, not by check digit: a mistyped national ID is personal data too.
 */
export function looksPersonal(reference: string): string | undefined {
  if (reference.includes('@')) return 'an e-mail address';
  // Drawn at random, its digits now and then look like a date.
  const chosen = reference.replaceAll(UUID, 'uuid');
  if (holdsNationalId(chosen)) return 'a national ID';
  return looksLikePhone(chosen) ? 'a phone number' : undefined;
}

/** The Nordic forms: YYMMDD-NNNN and YYYYMMDD-NNNN (SE), DDMMYY-NNNN (DK), DDMMYYNNNNN (NO), DDMMYY-NNNC (FI), DDMMYY-NNNN (IS). */
function holdsNationalId(text: string): boolean {
  return [...text.matchAll(NATIONAL_ID)].some(([, date]) => isBirthDate(date!));
}

function isBirthDate(digits: string): boolean {
  const [a, b, c] = digits.slice(-6).match(/\d\d/g)!.map(Number);
  if (digits.length === 8) return /^(19|20)/.test(digits) && isMonth(b!) && isDay(c!);
  return isMonth(b!) && (isDay(a!) || isDay(c!));
}

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
