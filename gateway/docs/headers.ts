interface Header {
  description: string;
  required: true;
  schema: { type: string; minimum?: number };
}

const retryAfter: Header = {
  description: 'Seconds after which to try again',
  required: true,
  schema: { type: 'integer', minimum: 0 },
};

/** What a refusal of this status carries beside its problem document, in every route that has it. */
const HEADERS: Record<string, Record<string, Header>> = {
  401: { 'www-authenticate': { description: 'The scheme, Bearer', required: true, schema: { type: 'string' } } },
  429: { 'retry-after': retryAfter },
  503: { 'retry-after': retryAfter },
  504: { 'retry-after': retryAfter },
};

interface Documented {
  paths?: Record<string, Record<string, { responses?: Record<string, object> }>>;
}

/** Adds them to the whole document, because what turns zod schemas into it keeps no headers of an answer. */
export function withHeaders<Document extends object>(document: Document): Document {
  const { paths = {} }: Documented = document;
  for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const headers = HEADERS[status];
      if (headers) Object.assign(response, { headers });
    }
  }
  return document;
}
