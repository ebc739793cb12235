import cardValidator from 'card-validator';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';
import { WATCHLIST_KINDS, type WatchlistItem, type WatchlistKind } from '../../contract/request.ts';
import { EMAIL_RULE, PHONE_RULE, isEmail, isPhone } from './person.ts';
import { fields, oneOf, printable } from './rules.ts';
import type { Shape } from './shape.ts';

interface Rule {
  rule: string;
  holds: (text: string) => boolean;
}

/** What a value must be. Assumption: the form of a passport's number and of a licence's, which no provider documents. */
const RULES: Record<WatchlistKind, Rule> = {
  email: { rule: EMAIL_RULE, holds: isEmail },
  phone: { rule: PHONE_RULE, holds: isPhone },
  iban: {
    rule: 'must be an IBAN whose length and check digits are those of its country; correct it or leave it out.',
    holds: (text) => isValidIBAN(electronicFormatIBAN(text) ?? ''),
  },
  passport: {
    rule: 'must be 5 to 20 letters or digits, as in the passport; correct it or leave it out.',
    holds: (text) => /^[0-9A-Z]( ?[0-9A-Z]){4,19}$/i.test(text),
  },
  'drivers-license': {
    rule: 'must be 4 to 30 letters or digits, with spaces or "-" between them as in the licence; correct it or leave it out.',
    holds: (text) => /^[0-9A-Z]([ -]?[0-9A-Z]){3,29}$/i.test(text),
  },
  'credit-card': {
    rule: 'must be the number of a card, with a check digit that fits; correct it or leave it out.',
    holds: (text) => cardValidator.number(text).isValid,
  },
};

/** An item as people write it: a number may have spaces in it. */
export const watchlistItem = fields({
  kind: oneOf(WATCHLIST_KINDS),
  value: printable(254),
} satisfies Shape<WatchlistItem>).superRefine(({ kind, value }, context) => {
  const { rule, holds } = RULES[kind];
  if (!holds(value)) context.addIssue({ code: 'custom', path: ['value'], message: rule });
});
