import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Person } from '../../contract/request.ts';
import { wordsThat } from './rules.ts';

export const PHONE_RULE =
  'must be a phone number with + and country code and no 0 behind it, such as +46701234567; correct it or leave it out.';
const NEEDS_COUNTRY = 'is a national number; give it with + and country code, or give countryCode with it.';

/** As E.164 has it, and of a length that its country has. */
export function isPhone(text: string): boolean {
  const found = /^\+\d{7,15}$/.test(text) ? parsePhoneNumberFromString(text) : undefined;
  // A number that was read in another way than it was written has a 0 too many.
  return found?.number === text && found.isPossible();
}

/** Without what people write between the digits. */
export function withoutMarks(text: string): string {
  const bare = text.replaceAll(/[\s().\u2010-\u2015/-]/gu, '');
  return /^\+?\d{4,15}$/.test(bare) ? bare : text;
}

/** With country code, or the national number, which `internationalPhone` completes. */
export const phone = wordsThat(PHONE_RULE, (text) => isPhone(text) || isNational(text), withoutMarks);

function isNational(text: string): boolean {
  return /^\d{4,15}$/.test(text);
}

type Phoned = Partial<Pick<Person, 'phone' | 'countryCode'>>;

/** The person with the phone in E.164; a national number is read as one of the person's country. The sentence where that cannot be. */
export function internationalPhone<P extends Phoned>(person: P): P | { problem: string } {
  const { phone, countryCode } = person;
  if (phone === undefined || !isNational(phone)) return person;
  if (countryCode === undefined || !isSupportedCountry(countryCode)) return { problem: NEEDS_COUNTRY };
  const found = parsePhoneNumberFromString(phone, countryCode)?.number;
  return found !== undefined && isPhone(found) ? { ...person, phone: found } : { problem: PHONE_RULE };
}
