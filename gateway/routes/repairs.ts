import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MOST_FINDINGS, type Reconciliation } from '../../contract/reconciliation.ts';
import { told } from '../../client/requests/decision.ts';
import type { Repair, Repaired } from '../../client/index.ts';
import { fields, flag, whole } from '../../client/requests/rules.ts';
import { problemOf } from '../problems/of-error.ts';
import { documentOf, Problem, problemSchema } from '../problems/problem.ts';
import { takenSchema } from './account-outputs.ts';
import { confirmedBy, confirming, decidedBy } from './decided-by.ts';
import { endWithin } from './ending.ts';
import { whileWanted } from '../when-left.ts';
import { instant } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { findingSchema } from './reconciliation-outputs.ts';
import { SUBJECTS } from './reconciliation-subjects.ts';

/** Changes that one call starts: one after the other, so that nothing of them is felt, and yet an answer while the caller waits. */
const MOST = 100;

const body = fields({
  startedAt: instant.exactOptional().meta({ description: 'Of the report that was read, as it says' }),
  dryRun: flag.default(true),
  from: whole(0, MOST_FINDINGS).default(0).meta({ description: 'The "next" of the answer before' }),
  ...told,
  ...confirming,
})
  .refine(({ dryRun, startedAt }) => dryRun || startedAt !== undefined, {
    path: ['startedAt'],
    error: 'is missing; name the report that was read by its "startedAt", so that nothing else is repaired.',
  })
  .meta({ id: 'RepairRequest' });

const resultSchema = z
  .object({
    finding: findingSchema,
    changeId: z.string(),
    result: z.enum(['would-be-started', 'taken', 'failed']),
    taken: takenSchema.exactOptional(),
    problem: problemSchema.exactOptional(),
  })
  .meta({ id: 'Repair', description: 'The change that mends a finding: `repair` of the finding is its kind' });

const answer = z.object({
  dryRun: z.boolean(),
  results: z.array(resultSchema),
  next: z.int().exactOptional().meta({ description: '`from` of the next call; absent after the last' }),
});

/** The one part of a reconciliation that changes anything, and only what somebody has read before. */
export const repairRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client, limits, closing }) => {
  const { reconciliations } = client;

  for (const { url, of, words, params } of SUBJECTS) {
    app.route({
      method: 'POST',
      url: `${url}/repair`,
      config: { access: 'operate', refusals: [404, 409, 503, 504] },
      schema: {
        operationId: `repair${of}`,
        tags: ['Reconcile'],
        summary: `Have mended what a program may mend of the newest report about ${words}; a dry run unless \`dryRun\` is false`,
        description: `A dry run (200) says which changes would be started and does nothing. Else (207) each is started by itself and may be refused; the same finding again is the same change, so all may be sent again. At most ${MOST} at once: go on as long as there is a \`next\`. Refused (409) while the comparison is under way, for any report but the newest, and an hour after its end.`,
        params,
        body,
        response: { 200: answer, 207: answer },
      },
      handler: async ({ params: subject, body: { startedAt, dryRun, from, confirm, ...words }, id, caller }, reply) => {
        const ended = await reconciliations.hasEnded(subject);
        const report = ended
          ? await endWithin({ ended, wait: 0, closing }, (within) => reconciliations.result(subject, { within }))
          : undefined;
        const oldest = Date.now() - limits.repairWithin;
        if (!report || !isCurrent(report, startedAt, oldest)) throw new Problem('report-not-current');
        const repairs = reconciliations.repairs(report, { ...words, by: decidedBy(caller!, words.by) });
        const asked = repairs.slice(from, from + MOST);
        const results = dryRun ? asked.map(planned) : [];
        if (!dryRun) {
          const signal = whileWanted(reply, closing);
          for await (const one of reconciliations.repairAll(asked, { signal, ...confirmedBy(caller!, confirm) }))
            results.push(done(one, id));
        }
        const next = from + results.length;
        return reply.status(dryRun ? 200 : 207).send({ dryRun, results, ...(next < repairs.length && { next }) });
      },
    });
  }
};

/** `oldest` in epoch milliseconds. */
function isCurrent(report: Reconciliation, startedAt: string | undefined, oldest: number): boolean {
  return (startedAt === undefined || startedAt === report.startedAt) && Date.parse(report.endedAt) >= oldest;
}

type Result = z.output<typeof resultSchema>;

function planned({ finding, change: { changeId } }: Repair): Result {
  return { finding, changeId, result: 'would-be-started' };
}

function done(repaired: Repaired, id: string): Result {
  const { finding, change, ...end } = repaired;
  const { changeId } = change;
  if ('taken' in end) return { finding, changeId, result: 'taken', taken: end.taken };
  return { finding, changeId, result: 'failed', problem: documentOf(problemOf(end.problem), id) };
}
