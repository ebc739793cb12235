import { z } from 'zod';
import type { PaywayOptions } from './options.ts';

/** Section 14, as the vendor enforces it. A pattern that prints in an error message is the one printed there. */
const matches = (pattern: RegExp, printed: string) => ({
  pattern,
  message: `Parameter must match format (${printed})`,
});
const formatted = ({ pattern, message }: ReturnType<typeof matches>) => z.string().regex(pattern, message);
/** Length from `min` to `max`, inclusive (14.5). */
export const sized = (min: number, max: number) => {
  const message = `Parameter must be within size range ${min === 0 ? '' : min}..${max}`;
  return z.string().min(min, message).max(max, message);
};

const ID = matches(/^[a-f\d]{24}$/i, String.raw`/^[a-f\d]{24}$/`);
/** 14.1: the intact pattern, which only the error messages show. */
const EMAIL = matches(
  /^[\w+\-.]+@[a-z\d-]+(?:\.[a-z]+)+$/i,
  String.raw`/\A[\w+\-.]+@[a-z\d\-]+(\.[a-z]+)*\.[a-z]+\z/i`,
);
const MOBILE = matches(/^[+,0]?[0-9]{10,12}$/, '/^[+,0]?[0-9]{10,12}$/');
const OLD_MOBILE = matches(/^[0-9]{10,11}$/, '/^[0-9]{10,11}$/');
const HYPHEN_SSN = matches(/^[0-9]{6}-[0-9]{4}$/, String.raw`/\A[0-9]{6}-[0-9]{4}\z/`);
const EITHER_SSN = matches(/^(?:[0-9]{6}-[0-9]{4}|[0-9]{12})$/, 'dddddd-dddd or YYYYMMDDXXXX');
const COMPANY = matches(/^(?:[0-9]{6}-[0-9]{4}|[0-9]{7}-[0-9])$/, 'dddddd-dddd OR ddddddd-d');
const NUMBER = matches(/^[a-zA-Z\-_0-9]+$/, '/^[a-zA-Z-_0-9]+$/');
const DATE = matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, 'YYYY-MM-DD');

export const text = sized(0, 1024);
export const id = formatted(ID);
export const email = text.regex(EMAIL.pattern, EMAIL.message);
export const password = ({ passwordRule }: PaywayOptions) =>
  sized(6, 1024).refine(
    (value) => passwordRule === 'length' || [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].every((kind) => kind.test(value)),
    'Parameter must have letters of both cases, a digit and a sign',
  );
/** 3.4: UUID text; only the length is printed. */
export const code = sized(36, 36);
export const birthDate = formatted(DATE);
export const companyNumber = formatted(COMPANY);
/** The candidate's and older pages list the Swedish form alone (14.4). */
export const swedishCompanyNumber = formatted(matches(HYPHEN_SSN.pattern, 'dddddd-dddd'));
export const customerNumber = sized(0, 10).regex(NUMBER.pattern, NUMBER.message);
export const packageCode = sized(0, 50).regex(NUMBER.pattern, NUMBER.message);

/** 14.2: size range and pattern overlap; update prints the pattern alone. */
export function mobile({ mobile: page, mobileSizeOnUpdate }: PaywayOptions, call: 'create' | 'update') {
  const { pattern, message } = page === 'old' ? OLD_MOBILE : MOBILE;
  const isSized = call === 'create' || mobileSizeOnUpdate;
  return (isSized ? sized(10, 12) : z.string()).regex(pattern, message);
}

/** Of the last ten digits. */
function passesLuhn(ssn: string): boolean {
  const digits = Array.from(ssn.replace('-', '').slice(-10), Number);
  const sum = digits.reduce((total, digit, place) => {
    const weighed = place % 2 === 0 ? digit * 2 : digit;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return sum % 10 === 0;
}

/** 14.3: create takes both forms, the other calls print `dddddd-dddd` alone. */
export function ssn({ ssnCheck, ssnOnUpdate }: PaywayOptions, call: 'create' | 'update' | 'look-up') {
  const either = call === 'create' || (call === 'update' && ssnOnUpdate === 'both');
  const message = 'Parameter has a wrong check digit';
  return formatted(either ? EITHER_SSN : HYPHEN_SSN).refine((value) => ssnCheck === 'format' || passesLuhn(value), {
    message,
  });
}

const TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}(?::\d{2})?) ([+-]\d{2})(\d{2})$/;

/** 3.5: `2016-10-02 13:00 +0100`. Answers ISO 8601. */
export const time = z.string().transform((value, context) => {
  const at = new Date(value.replace(TIME, '$1T$2$3:$4'));
  if (TIME.test(value) && !Number.isNaN(at.getTime())) return at.toISOString();
  context.addIssue({ code: 'custom', message: 'Parameter must match format (YYYY-MM-DD HH:MM +ZZZZ)' });
  return z.NEVER;
});
