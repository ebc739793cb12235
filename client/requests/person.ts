import { iso31661Alpha2ToAlpha3 } from 'iso-3166/1-a2-to-1-a3.js';
import { z } from 'zod';
import { isIdPart } from '../../contract/ids.ts';
import type { MemberRequest, Person } from '../../contract/request.ts';
import { emailField } from './email.ts';
import { looksPersonal } from './personal-reference.ts';
import { internationalPhone, phone } from './phone.ts';
import { fields, printable, textThat, wordsThat } from './rules.ts';
import type { Shape } from './shape.ts';

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

export const reference = textThat(
  'must be 1 to 64 letters, digits, "_" or "-"; correct it.',
  (text) => isIdPart(text) || looksPersonal(text) !== undefined,
).refine((text) => looksPersonal(text) === undefined, {
  error: (issue) =>
    `looks like ${looksPersonal(String(issue.input))}, and it stands in logs and lists; use a key of your own without personal data, or one that "onboard reference new" makes.`,
});

export const countryCode = textThat(
  'must be an ISO 3166-1 country code of two capitals, such as SE; correct it or leave it out.',
  (text) => Object.hasOwn(iso31661Alpha2ToAlpha3, text),
);

/** What a person's profile has; `inOneForm` makes the fields fit each other. */
export const profile = {
  firstName: printable(100).exactOptional(),
  lastName: printable(100),
  phone: phone.exactOptional(),
  countryCode: countryCode.exactOptional(),
  languageCode: textThat(
    'must be an ISO 639-1 language code of two small letters, such as sv; correct it or leave it out.',
    (text) => /^[a-z]{2}$/.test(text) && LANGUAGES.of(text) !== undefined,
  ).exactOptional(),
};

/** Nobody is older. */
const FIRST_DAY = '1880-01-01';

function isPastDay(text: string): boolean {
  return z.iso.date().safeParse(text).success && text >= FIRST_DAY && text <= new Date().toISOString().slice(0, 10);
}

type Phoned = Partial<Pick<Person, 'phone' | 'countryCode'>>;

/** With the phone as E.164. */
export function inOneForm<P extends Phoned, Schema extends z.ZodType<P>>(schema: Schema): Schema {
  return schema.check((context) => {
    const completed = internationalPhone(context.value);
    if (!('problem' in completed)) context.value = completed;
    else context.issues.push({ code: 'custom', path: ['phone'], message: completed.problem, input: context.value });
  });
}

export const birthDate = textThat('must be a day of the past as YYYY-MM-DD; correct it or leave it out.', isPastDay);

export const email = emailField();
/** Without the blanks that no provider takes. */
export const ssn = wordsThat(
  'must be 4 to 30 letters, digits, "+" or "-"; correct it or leave it out.',
  (text) => /^[0-9A-Za-z][0-9A-Za-z+-]{3,29}$/.test(text),
  (text) => text.replaceAll(/\s/g, ''),
);

export const person: z.ZodType<Person> = inOneForm(
  fields({
    ...profile,
    birthDate: birthDate.exactOptional(),
    email: email.exactOptional(),
    ssn: ssn.exactOptional(),
  } satisfies Shape<Person>),
);

export const member: z.ZodType<MemberRequest> = fields({ reference, person } satisfies Shape<MemberRequest>);
