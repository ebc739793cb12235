import { VendorError } from '../core/http.ts';

/** An error of the API (4.1). */
export class PaywayError extends VendorError {
  readonly code: string;
  readonly field: string | undefined;
  constructor(status: number, code: string, message: string, field?: string) {
    super(status, message);
    this.code = code;
    this.field = field;
  }
}

/** An error of the token endpoint. Assumption: everything but `error_description` (2.2, 17.3). */
export class TokenError extends VendorError {
  readonly error: string;
  constructor(status: number, error: string, description: string) {
    super(status, description);
    this.error = error;
  }
}

export const invalid = (field: string | undefined, message: string) =>
  new PaywayError(400, 'invalid_parameter', message, field);
export const missing = (field: string) => invalid(field, 'Parameter is required');
export const unknownNames = (names: readonly string[]) =>
  new PaywayError(400, 'unknown_parameter', `Unknown parameters: ${names.join(',')}`);
export const notFound = (field: string) => new PaywayError(404, 'not_found', `${field} could not be found`, field);
export const conflict = (code: string, message: string, field?: string) => new PaywayError(409, code, message, field);
