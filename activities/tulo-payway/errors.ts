import { isRecord } from '../http/answer.ts';
import type { Explain } from '../http/answer.ts';
import { HttpError, isHttpError } from '../http/errors.ts';
import type { HttpErrorCode } from '../http/errors.ts';

/** Names that errors use for a field instead of the one that was sent (Tulo Payway contract, sections 4.1 and 6). */
const SENT_AS: Record<string, string> = {
  contact_email: 'email',
  ssn: 'social_security_number',
  mobile_number: 'mobile_phone_number',
};

/** Says that we, not the person, sent something wrong: no correction of the data would help. */
const OURS: Record<string, HttpErrorCode> = {
  unknown_parameter: 'ContractViolation',
  json_parser_error: 'ContractViolation',
  invalid_content_type_error: 'ContractViolation',
};

/** A machine-readable code, of the one error shape (section 4.1) or of the token endpoint (section 2.2). */
const CODE = /^[a-z]\w{0,63}$/;

/**
 * Reads the one error shape (section 4.1): each error of the table in 4.2 has a `code`, and a body without one is not Payway's. Status first, `code`
 * second; `message` is for developers, may hold patterns and data, and is not read. A token endpoint's `error` is a code too; its
 * `error_description` is not read either.
 */
export const explain: Explain = (body) => {
  if (!isRecord(body)) return undefined;
  const { code, error, field, pw_correlation_id: correlationId } = body;
  const said = code ?? error;
  if (typeof said !== 'string' || !CODE.test(said)) return undefined;
  const override = OURS[said];
  return {
    vendorCode: said.toUpperCase(),
    fields: typeof field === 'string' ? [SENT_AS[field] ?? field] : [],
    ...(typeof correlationId === 'string' ? { correlationId } : {}),
    ...(override ? { code: override } : {}),
  };
};

/**
 * For what is asked of an account that was just opened: a refusal of it must not read as a refusal to open the account, after which a run has
 * nothing to take back.
 */
export async function onceOpened<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!isHttpError(error, 'Invalid', 'Forbidden')) throw error;
    const { route, status, vendorCode, fields } = error;
    const facts = { provider: 'Tulo Payway', route, vendorCode, fields };
    throw new HttpError('ContractViolation', { ...facts, ...(status === undefined ? {} : { status }) });
  }
}
