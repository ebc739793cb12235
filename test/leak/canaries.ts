import cardValidator from 'card-validator';
import { isValidIBAN } from 'ibantools';
import type { Company, IdentificationRequest, Person, WatchlistItem } from '../../contract/request.ts';
import type { Canary } from './needles.ts';

/** The first number of its kind that has the right check digits. */
function fitting(holds: (number: string) => boolean, spell: (check: string) => string): string {
  const found = Array.from({ length: 100 }, (_, digits) => spell(String(digits).padStart(2, '0'))).find(holds);
  if (found === undefined) throw new Error('no check digits fit');
  return found;
}

const ibanOf = (number: number) =>
  fitting(
    (text) => isValidIBAN(text),
    (check) => `DE${check}${37_040_000 + number}0532013000`,
  );
const cardOf = (number: number) =>
  fitting(
    (text) => cardValidator.number(text).isValid,
    (check) => `4${5_567_000 + number}860000${check}`,
  );

/** Everything that must be nowhere but with the caller and the vendor, by name. Each path has values of its own. */
export class Canaries {
  readonly all: Canary[] = [];
  #people = 0;

  /** `also`: other spellings and telling parts of the value. */
  plant<Value extends string | Uint8Array>(name: string, value: Value, ...also: string[]): Value {
    for (const each of new Set<string | Uint8Array>([value, ...also])) this.all.push({ name, value: each });
    return value;
  }

  /** `path` tells the people of one run from those of another; letters and hyphens. */
  person(path: string): Required<Omit<Person, 'ssn' | 'birthDate'>> {
    const number = this.#next();
    const phone = `+467017${40_000 + number}`;
    return {
      firstName: this.plant(`${path}: first name`, `Åsa-${path} "Kanarie"`, `sa-${path} "Kanarie"`),
      lastName: this.plant(`${path}: last name`, `Fågelholk-${path}`, `gelholk-${path}`),
      email: this.plant(`${path}: e-mail`, `kanarie.${path}@post.example`, `kanarie.${path}`),
      phone: this.plant(`${path}: phone`, phone, phone.slice(1), phone.slice(3)),
      countryCode: 'SE',
      languageCode: 'sv',
    };
  }

  /** In the form asked for; found in each of them. */
  ssn(path: string, form: 'hyphen' | 'twelve' | 'ten' = 'hyphen'): string {
    const last = String(1000 + this.#next());
    const forms = { hyphen: `19800315-${last}`, twelve: `19800315${last}`, ten: `800315${last}` };
    this.plant(`${path}: SSN`, forms.ten, `800315-${last}`);
    return forms[form];
  }

  /** As people write one who have everything before them and think of nobody who reads it later. */
  reason(path: string, { firstName, email, ssn }: Person): string {
    const own = this.plant(`${path}: reason`, `Kanarie-Skäl ${path}`, `kanarie-sk`);
    return `${own}: "${firstName}" <${email}>, ${ssn}, ringde & sa nej\n`;
  }

  company(path: string): Company {
    const number = `556677-${8000 + this.#next()}`;
    return {
      name: this.plant(`${path}: company`, `Kanarie ${path} Bygg & Co`),
      organizationNumber: this.plant(`${path}: company number`, number, number.replace('-', '')),
    };
  }

  identification(path: string): IdentificationRequest {
    const returnUrl = `https://retur.example/kanarie/${path}?klar=1`;
    return { scheme: 'BANKID', returnUrl: this.plant(`${path}: return address`, returnUrl, `kanarie/${path}`) };
  }

  watchlists(path: string): WatchlistItem[] {
    const phone = `+467309${10_000 + this.#next()}`;
    return [
      {
        kind: 'email',
        value: this.plant(`${path}: watched e-mail`, `bevakad.${path}@post.example`, `bevakad.${path}`),
      },
      { kind: 'phone', value: this.plant(`${path}: watched phone`, phone, phone.slice(1), phone.slice(3)) },
      { kind: 'iban', value: this.#spaced(`${path}: watched IBAN`, ibanOf(this.#next())) },
      { kind: 'passport', value: this.#spaced(`${path}: watched passport`, `KANA${7_300_000 + this.#next()}`) },
      { kind: 'drivers-license', value: this.#spaced(`${path}: watched licence`, `KANB${8_400_000 + this.#next()}`) },
      { kind: 'credit-card', value: this.#spaced(`${path}: watched card`, cardOf(this.#next())) },
    ];
  }

  /** As people write a number; found without the spaces too, as the vendor is sent it. */
  #spaced(name: string, number: string): string {
    return this.plant(name, number.replaceAll(/(.{4})(?=.)/g, '$1 '), number);
  }

  /** Steps of more than ten, because base64 cuts the last digit in two and would take neighbours for each other. */
  #next(): number {
    this.#people += 11;
    return this.#people;
  }
}
