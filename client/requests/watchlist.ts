import { isValidIBAN } from 'ibantools';
import type { z } from 'zod';
import { WATCHLIST_KINDS, type WatchlistItem, type WatchlistKind } from '../../contract/request.ts';
import { isCardNumber } from './card.ts';
import { EMAIL_RULE, isEmail, withAsciiDomain } from './email.ts';
import { PHONE_RULE, isPhone, withoutMarks } from './phone.ts';
import { fields, oneOf, wordsThat } from './rules.ts';
import type { Shape } from './shape.ts';
import { isVisible } from './text.ts';

interface Rule {
  rule: string;
  holds: (text: string) => boolean;
  inForm: (text: string) => string;
}

const withoutBlanks = (text: string): string => text.replaceAll(/[\s-]/gu, '');
/** As it is written there, so that a person finds it again. */
const asInDocument = (text: string): string => text.replaceAll(/\s/gu, ' ');

/** What a value must be, and the form in which it is kept. Assumption: the form of a passport's number and of a licence's, which no provider documents. */
const RULES: Record<WatchlistKind, Rule> = {
  email: { rule: EMAIL_RULE, holds: isEmail, inForm: withAsciiDomain },
  phone: { rule: PHONE_RULE, holds: isPhone, inForm: withoutMarks },
  iban: {
    rule: 'must be an IBAN whose length and check digits are those of its country; correct it or leave it out.',
    holds: isValidIBAN,
    inForm: (text) => withoutBlanks(text).toUpperCase(),
  },
  passport: {
    rule: 'must be 5 to 20 letters or digits, as in the passport; correct it or leave it out.',
    holds: (text) => /^[0-9A-Z]( ?[0-9A-Z]){4,19}$/i.test(text),
    inForm: asInDocument,
  },
  'drivers-license': {
    rule: 'must be 4 to 30 letters or digits, with spaces or "-" between them as in the licence; correct it or leave it out.',
    holds: (text) => /^[0-9A-Z]([ -]?[0-9A-Z]){3,29}$/i.test(text),
    inForm: asInDocument,
  },
  'credit-card': {
    rule: 'must be the number of a card, with a check digit that fits; correct it or leave it out.',
    holds: isCardNumber,
    inForm: withoutBlanks,
  },
};

/** An item as people write it, in the form in which it is kept. */
export const watchlistItem: z.ZodType<WatchlistItem> = fields({
  kind: oneOf(WATCHLIST_KINDS),
  value: wordsThat('must be 1 to 254 characters; correct it.', (text) => isVisible(text) && text.length <= 254),
} satisfies Shape<WatchlistItem>).check((context) => {
  const { kind, value } = context.value;
  const { rule, holds, inForm } = RULES[kind];
  const formed = inForm(value);
  if (holds(formed)) context.value = { kind, value: formed };
  else context.issues.push({ code: 'custom', path: ['value'], message: rule, input: value });
});
