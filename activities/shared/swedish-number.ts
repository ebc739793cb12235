import * as ytunnus from 'stdnum/lib/cjs/fi/ytunnus.js';
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';

/** Whose number it is: the Nordic countries write theirs in the same digits. */

/** Of ten or twelve digits, a hyphen before the last four or not: whether the date in front is one. A coordination number adds 60 to the day. */
export function hasSwedishDate(text: string): boolean {
  const [, century, year, month, day] = /^(\d\d)?(\d\d)(\d\d)(\d\d)-?\d{4}$/.exec(text) ?? [];
  if (day === undefined) return false;
  const centuries = century === undefined ? ['19', '20'] : ['18', '19', '20'].filter((known) => known === century);
  return centuries.some((known) => isDay(Number(known + year!), Number(month), Number(day) % 60));
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return day > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Whether a national ID is Swedish. Twelve digits are of nobody else. Ten are a Danish or Icelandic person's too, so there the check digit must
 * fit, and the country, where it is given, must be Sweden.
 */
export function isSwedishPerson(text: string, countryCode?: string): boolean {
  if (!hasSwedishDate(text)) return false;
  if (/^\d{8}-?\d{4}$/.test(text)) return true;
  return (countryCode ?? 'SE') === 'SE' && luhnChecksumValidate(text.replace('-', ''));
}

/** Whether a company's number is a Swedish one, or a Finnish one and not a Danish CVR number, by the check digit and the country. */
export function isSwedishOrFinnishCompany(text: string, countryCode?: string): boolean {
  const digits = text.replace('-', '');
  if (/^\d{10}$/.test(digits)) return luhnChecksumValidate(digits);
  return /^\d{8}$/.test(digits) && countryCode !== 'DK' && ytunnus.validate(digits).isValid;
}
