import type { Explain } from '../../../activities/http/answer.ts';
import { isRecord } from '../../../activities/http/answer.ts';

/** What the vendor's error body says beyond the status: a code and the names of fields, never texts or values. */
export const explain: Explain = (body) => {
  if (!isRecord(body)) return {};
  const fields = Array.isArray(body.fields) ? body.fields.filter((field) => typeof field === 'string') : [];
  return { fields, ...(typeof body.code === 'string' ? { vendorCode: body.code } : {}) };
};
