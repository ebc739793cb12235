import { isPossiblePhoneNumber } from 'libphonenumber-js/min';
import { z } from 'zod';
import { isIdPart } from '../../contract/ids.ts';
import type { MemberRequest, Person } from '../../contract/request.ts';
import { looksPersonal } from './personal-reference.ts';
import { fields, printable, textThat } from './rules.ts';
import type { Shape } from './shape.ts';

const E_MAIL = z.email();
export const isEmail = (text: string): boolean => text.length <= 254 && E_MAIL.safeParse(text).success;
export const isPhone = (text: string): boolean => /^\+\d{7,15}$/.test(text) && isPossiblePhoneNumber(text);

const known = (type: 'region' | 'language') => {
  const names = new Intl.DisplayNames('en', { type, fallback: 'none' });
  return (code: string): boolean => names.of(code) !== undefined;
};
const isRegion = known('region');
const isLanguage = known('language');

export const EMAIL_RULE = 'must be an e-mail address; correct it or leave it out.';
export const PHONE_RULE =
  'must be a phone number in E.164 form, such as + and country code and number; correct it or leave it out.';

export const reference = textThat(
  'must be 1 to 64 letters, digits, "_" or "-"; correct it.',
  (text) => isIdPart(text) || looksPersonal(text) !== undefined,
).refine((text) => looksPersonal(text) === undefined, {
  error: (issue) =>
    `looks like ${looksPersonal(String(issue.input))}; use a key of your own without personal data, it stands in logs and lists.`,
});

export const person = fields({
  firstName: printable(100),
  lastName: printable(100),
  email: textThat(EMAIL_RULE, isEmail).exactOptional(),
  phone: textThat(PHONE_RULE, isPhone).exactOptional(),
  ssn: textThat('must be 4 to 30 letters, digits, spaces, "+" or "-"; correct it or leave it out.', (text) =>
    /^[0-9A-Za-z][0-9A-Za-z +-]{3,29}$/.test(text),
  ).exactOptional(),
  countryCode: textThat(
    'must be an ISO 3166-1 country code of two capitals, such as SE; correct it or leave it out.',
    (text) => /^[A-Z]{2}$/.test(text) && isRegion(text),
  ).exactOptional(),
  languageCode: textThat(
    'must be an ISO 639-1 language code of two small letters, such as sv; correct it or leave it out.',
    (text) => /^[a-z]{2}$/.test(text) && isLanguage(text),
  ).exactOptional(),
} satisfies Shape<Person>);

export const member: z.ZodType<MemberRequest> = fields({ reference, person } satisfies Shape<MemberRequest>);
