import type { z } from 'zod';
import { refuseDuplicates } from './creation.ts';
import { changeEmail, requestEmailChange } from './email-change.ts';
import { PaywayError } from './errors.ts';
import { updateSchema } from './fields.ts';
import type { Account } from './model.ts';
import { accountOf, change, record, type State } from './state.ts';
import { parse, UNSET } from './validation.ts';

type Update = z.infer<ReturnType<typeof updateSchema>>;
type Body = Record<string, unknown>;

/** Only what is sent is changed (5.3); `tags` and `address` are replaced whole. */
function apply(state: State, update: Update): Account {
  const { id, email, social_security_number: ssn, alias, atomic: _, ...fields } = update;
  const account = accountOf(state, id);
  refuseDuplicates(state, { email, ssn, alias }, account.id);
  const newAlias = alias === UNSET ? { alias: undefined } : alias === undefined ? {} : { alias };
  const profile = { ...account.profile, ...fields, ...newAlias };
  const changed = change(state, account, { profile, ssn: ssn ?? account.ssn });
  record(state, 'account.updated', changed);
  if (email === undefined || email === account.email) return changed;
  const waits = state.options.changedEmail === 'replaces-when-confirmed';
  return waits ? requestEmailChange(state, changed, email) : changeEmail(state, changed, email);
}

/** An empty text clears nothing (3.3). Assumption: it is as if it were not sent. */
function write(state: State, body: Body): Account {
  const sent = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''));
  return apply(state, parse(updateSchema(state.options), sent, state.options, { supportsUnset: ['alias'] }));
}

/** The name in the body of the field that an error is about. */
function nameOf({ field = '' }: PaywayError): string {
  const [name = ''] = field.split('.');
  return name === 'contact_email' ? 'email' : name;
}

/**
 * Writes what can be written and gathers the errors of the rest (`atomic: false`, 5.3).
 * An error that is not about one optional field of the body fails the whole update.
 */
function writeParts(state: State, body: Body): { account: Account; errors: PaywayError[] } {
  const rest = { ...body };
  const errors: PaywayError[] = [];
  for (;;) {
    try {
      return { account: write(state, rest), errors };
    } catch (error) {
      if (!(error instanceof PaywayError)) throw error;
      const name = nameOf(error);
      if (name === 'id' || rest[name] === undefined) throw error;
      errors.push(error);
      delete rest[name];
    }
  }
}

export const update = (state: State, body: Body): { account: Account; errors: PaywayError[] } =>
  body['atomic'] === false ? writeParts(state, body) : { account: write(state, body), errors: [] };
