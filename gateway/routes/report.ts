import type { FastifyReply } from 'fastify';
import Negotiator from 'negotiator';
import { z } from 'zod';
import type { Reconciliation } from '../../contract/reconciliation.ts';
import { REPORT_POLICY, reconciliationCsv, reconciliationHtml } from '../../client/index.ts';
import { oneOf } from '../../client/requests/rules.ts';
import { reconciliationSchema } from './reconciliation-outputs.ts';

/** In the order of preference where a caller has none. */
const TYPES = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const;
type Format = keyof typeof TYPES;
const FORMATS = ['json', 'csv', 'html'] as const satisfies Format[];

export const format = oneOf(FORMATS).exactOptional().meta({
  description: 'Of the report; by the header "Accept" by default, and JSON where that asks for none of these',
});

const text = { schema: z.unknown().meta({ type: 'string' }) };

export const reportSchema = {
  description: 'The report; the page loads nothing from anywhere',
  content: {
    [TYPES.json]: { schema: reconciliationSchema },
    [TYPES.csv]: text,
    [TYPES.html]: text,
  },
};

export function sendReport(reply: FastifyReply, report: Reconciliation, asked?: Format): FastifyReply {
  const wanted = asked ?? formatOf(reply.request.headers.accept);
  reply.header('vary', 'accept').type(`${TYPES[wanted]}; charset=utf-8`);
  if (wanted === 'json') return reply.send(report);
  if (wanted === 'csv') return reply.send(reconciliationCsv(report));
  return reply.header('content-security-policy', REPORT_POLICY).send(reconciliationHtml(report));
}

function formatOf(accept = '*/*'): Format {
  const [wanted] = new Negotiator({ headers: { accept } }).mediaTypes(Object.values(TYPES));
  return FORMATS.find((each) => TYPES[each] === wanted) ?? 'json';
}
