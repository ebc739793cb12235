import { isValidIBAN } from 'ibantools';
import * as vnr from 'stdnum/lib/cjs/at/vnr.js';
import * as nn from 'stdnum/lib/cjs/be/nn.js';
import * as egn from 'stdnum/lib/cjs/bg/egn.js';
import * as ahv from 'stdnum/lib/cjs/ch/ssn.js';
import * as rc from 'stdnum/lib/cjs/cz/rc.js';
import * as idnr from 'stdnum/lib/cjs/de/idnr.js';
import * as svnr from 'stdnum/lib/cjs/de/svnr.js';
import * as dni from 'stdnum/lib/cjs/es/dni.js';
import * as nie from 'stdnum/lib/cjs/es/nie.js';
import * as nir from 'stdnum/lib/cjs/fr/nir.js';
import * as nino from 'stdnum/lib/cjs/gb/nino.js';
import * as amka from 'stdnum/lib/cjs/gr/amka.js';
import * as pps from 'stdnum/lib/cjs/ie/pps.js';
import * as codiceFiscale from 'stdnum/lib/cjs/it/codicefiscale.js';
import * as asmens from 'stdnum/lib/cjs/lt/asmens.js';
import * as pvn from 'stdnum/lib/cjs/lv/pvn.js';
import * as pesel from 'stdnum/lib/cjs/pl/pesel.js';
import * as cnp from 'stdnum/lib/cjs/ro/cnp.js';
import * as jmbg from 'stdnum/lib/cjs/rs/jmbg.js';
import * as kimlik from 'stdnum/lib/cjs/tr/tckimlik.js';
import { luhnChecksumValidate } from 'stdnum/lib/cjs/util/checksum.js';

/** Numbers of people that are told by their check digits. */

interface Register {
  validate(text: string): { isValid: boolean };
}

/**
 * The registers whose numbers can be told from a key that somebody made up: by a birth date, by letters, or by more than a check digit. The
 * others (NL, PT, HR) are left out: one of ten customer numbers looks so. Lithuania's rule is Estonia's too.
 */
const REGISTERS: [shape: RegExp, ...registers: Register[]][] = [
  [/^\d{10}$/, vnr, rc],
  [/^\d\d(?:0[1-9]|1[0-2]|[24][1-9]|[35][0-2])(?:0[1-9]|[12]\d|3[01])\d{4}$/, egn],
  [/^\d{11}$/, idnr, nn, asmens, pesel, amka, kimlik],
  [/^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[0-2]\d{4}$/, pvn],
  [/^\d{13}$/, cnp, jmbg, ahv],
  [/^\d{15}$/, nir],
  [/^\d{8}[A-Z]\d{3}$/, svnr],
  [/^\d{8}[A-Z]$/, dni],
  [/^[XYZ]\d{7}[A-Z]$/, nie],
  [/^[A-Z]{2}\d{6}[A-D]$/, nino],
  [/^\d{7}[A-W][A-IW]?$/, pps],
  [/^[A-Z]{6}[A-Z\d]{8}\d[A-Z]$/, codiceFiscale],
];

/** Without separators, in capitals. */
export function isRegistered(text: string): boolean {
  return REGISTERS.some(
    ([shape, ...registers]) => shape.test(text) && registers.some((register) => register.validate(text).isValid),
  );
}

/** As above. Of a network of cards by its first digits, which no year and no counter begins with for long. */
export function isCard(text: string): boolean {
  return /^(?=\d{13,19}$)(?:[3-6]|22|2[3-7])/.test(text) && luhnChecksumValidate(text);
}

/** As above. */
export function isIban(text: string): boolean {
  return isValidIBAN(text);
}
