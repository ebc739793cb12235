import type { Dialect } from '../../../sandbox/core/http.ts';

const contentType = 'application/json';

/** How the vendor writes answers and errors. */
export const DIALECT: Dialect = {
  answer: ({ status, body, headers = {} }) => ({
    status,
    contentType,
    headers,
    body: body === undefined ? '' : JSON.stringify(body),
  }),
  error: ({ status, message, details, headers }) => ({
    status,
    contentType,
    headers,
    body: JSON.stringify({ message, fields: details?.map(({ field }) => field) ?? [] }),
  }),
  resetHeader: () => ({}),
};
