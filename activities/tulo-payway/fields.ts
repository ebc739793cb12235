import type { Known } from '../../contract/account.ts';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The vendor's formats as pure functions (Tulo Payway contract, section 14). Whole-string anchors: the printed `^ $` are Ruby's line anchors. */

const MOST = 1024;

/**
 * Section 14.1, the intact pattern `/\A[\w+\-.]+@[a-z\d\-]+(\.[a-z]+)*\.[a-z]+\z/i`, taken apart at `@` and the dots: each part is one
 * character class, so no input makes it backtrack. The printed pattern is damaged and lets commas and missing dots through.
 */
export function isEmail(text: string): boolean {
  if (text.length > MOST) return false;
  const [local, domain, ...rest] = text.split('@');
  if (local === undefined || domain === undefined || rest.length > 0) return false;
  const [first, ...labels] = domain.split('.');
  return (
    /^[\w+\-.]+$/.test(local) &&
    /^[a-z\d-]+$/i.test(first!) &&
    labels.length > 0 &&
    labels.every((label) => /^[a-z]+$/i.test(label))
  );
}

/** Up to 1024 characters, not empty (section 14.5: whether an empty string is taken is not said). */
export function isText(text: string): boolean {
  return text.trim() !== '' && text.length <= MOST;
}

/**
 * Section 14.2: 10 to 12 characters, digits with or without a leading `+`. A number that is too long for it with its country code is sent
 * in the national form, or where that has no leading zero (Italy) with the country code and without the `+`. `undefined` when none fits.
 */
export function mobile(text: string): string | undefined {
  const bare = text.replace(/[ ()-]/g, '');
  return [bare, bare.length > 12 ? (nationalForm(bare) ?? bare.replace('+', '')) : undefined].find(isMobile);
}

/** Only with its leading zero: without it, digits could be those of another country's number. */
function nationalForm(text: string): string | undefined {
  const digits = parsePhoneNumberFromString(text)?.formatNational().replace(/\D/g, '');
  return digits?.startsWith('0') ? digits : undefined;
}

/** Both printed rules at once: the size 10..12 and the pattern, less the comma that it lets through. */
function isMobile(text: string | undefined): text is string {
  return text !== undefined && text.length <= 12 && /^\+?\d{10,12}$/.test(text);
}

/**
 * Whether the number that a read shows is the wanted one. Reads break the rules of input (section 6), so one that ends as the wanted one does
 * may be it in another form, and is `unknown`.
 */
export function showsMobile(shown: string | null | undefined, wanted: string): Known {
  if (shown === undefined || shown === wanted) return shown === undefined ? 'unknown' : 'yes';
  const [short = '', long = ''] = [shown ?? '', wanted]
    .map((text) => text.replace(/\D/g, '').replace(/^0+/, ''))
    .sort((one, other) => one.length - other.length);
  return short.length >= 6 && long.endsWith(short) ? 'unknown' : 'no';
}

/**
 * An SSN as creation takes it (section 14.3): 12 digits where the century is known, else `dddddd-dddd`. `undefined` for any other form,
 * also for the `+` of a person over 100 years old, whose century only 12 digits tell.
 */
export function ssnForCreation(text: string): string | undefined {
  const twelve = /^(\d{8})-?(\d{4})$/.exec(text);
  if (twelve) return `${twelve[1]}${twelve[2]}`;
  return /^\d{6}-?\d{4}$/.test(text) ? hyphened(text) : undefined;
}

/** `dddddd-dddd`, the only form of updates, candidates and look-ups by SSN (section 14.3): it does not tell the century. */
export function ssnForUpdate(text: string): string | undefined {
  const created = ssnForCreation(text);
  return created === undefined ? undefined : hyphened(created.replace('-', '').slice(-10));
}

/**
 * Whether the last digit is the check digit of the ten. The vendor does not say that it checks it, so a number that fails is worth a
 * warning, not a refusal (section 17, 24).
 */
export function holdsCheckDigit(ssn: string): boolean {
  const digits = Array.from(ssn.replace('-', '').slice(-10), Number);
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** Section 14.4: `dddddd-dddd` (Swedish) or `ddddddd-d` (Finnish). The hyphen is required, so a missing one is put in. */
export function companyNumber(text: string): string | undefined {
  if (/^\d{6}-?\d{4}$/.test(text)) return hyphened(text);
  const finnish = /^(\d{7})-?(\d)$/.exec(text);
  return finnish ? `${finnish[1]}-${finnish[2]}` : undefined;
}

/** Section 14.5: letters, digits, hyphen, underscore, at most 10. */
export function isCustomerNumber(text: string): boolean {
  return /^[a-zA-Z\-_0-9]{1,10}$/.test(text);
}

/** Section 5.7: at most 5 characters; people put a blank into it. `undefined` for any other. */
export function zipCode(text: string): string | undefined {
  const bare = text.replace(/\s/g, '');
  return /^.{1,5}$/.test(bare) ? bare : undefined;
}

/** The vendor's page on provisioning: letters, digits, hyphen, underscore, at most 50. */
export function isPackageCode(text: string): boolean {
  return /^[a-zA-Z\-_0-9]{1,50}$/.test(text);
}

/** `2016-10-02 13:00 +0000`, the form of provisioning (section 3.5). */
export function provisioningTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} +0000`;
}

function hyphened(digits: string): string {
  return digits.includes('-') ? digits : `${digits.slice(0, 6)}-${digits.slice(6)}`;
}
