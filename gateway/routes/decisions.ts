import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CHANGE_STEPS } from '../../contract/change.ts';
import { ERASURE_STEPS } from '../../contract/erasure.ts';
import { OFFBOARDING_STEPS } from '../../contract/offboarding.ts';
import type { RunType } from '../../contract/ids.ts';
import { MEMBER_STEPS, RESOLUTIONS, STEPS, type Decision } from '../../contract/progress.ts';
import type { DecisionInput } from '../../client/index.ts';
import { action, by, reason } from '../../client/requests/decision.ts';
import { fields, oneOf } from '../../client/requests/rules.ts';
import type { Shape } from '../../client/requests/shape.ts';
import { decidedBy } from './decided-by.ts';
import { CHANGES, ERASURE, MEMBER, memberParams, OFFBOARDING, ofMember, RUN, runParams } from './inputs.ts';
import type { RouteOptions } from './options.ts';
import { instant, nothing } from './outputs.ts';

const CALL =
  'As `attention.call` counts them. A request that names it can be sent again: it decides no later call for an operator';

/** What a decision says beside its step. */
const onRecord = {
  action,
  by: by.exactOptional(),
  reason,
  call: z.int().min(1).exactOptional().meta({ description: CALL }),
};

interface Resolved {
  type: RunType;
  url: string;
  operationId: string;
  body: z.ZodType<DecisionInput & { member?: string }>;
}

const RESOLVED: Resolved[] = [
  {
    type: 'onboarding',
    url: RUN,
    operationId: 'resolve',
    body: fields({ step: oneOf([...STEPS, ...MEMBER_STEPS]), ...onRecord, ...ofMember }),
  },
  {
    type: 'change',
    url: CHANGES,
    operationId: 'resolveChange',
    body: fields({ step: oneOf(CHANGE_STEPS), ...onRecord }),
  },
  {
    type: 'offboarding',
    url: OFFBOARDING,
    operationId: 'resolveOffboarding',
    body: fields({ step: oneOf(OFFBOARDING_STEPS), ...onRecord }),
  },
  {
    type: 'erasure',
    url: ERASURE,
    operationId: 'resolveErasure',
    body: fields({ step: oneOf(ERASURE_STEPS), ...onRecord }),
  },
];

const TOLD = [
  { type: 'onboarding', url: RUN, operationId: 'readDecisions', params: runParams },
  { type: 'onboarding', url: MEMBER, operationId: 'readMemberDecisions', params: memberParams },
  { type: 'change', url: CHANGES, operationId: 'readChangeDecisions', params: runParams },
  { type: 'offboarding', url: OFFBOARDING, operationId: 'readOffboardingDecisions', params: runParams },
  { type: 'erasure', url: ERASURE, operationId: 'readErasureDecisions', params: runParams },
] as const;

const decisionSchema = z
  .object({
    at: instant,
    step: z
      .string()
      .exactOptional()
      .meta({ description: 'What was decided about; a cancel and an erasure are about the run' }),
    code: z.string().exactOptional().meta({ description: 'Why the step needed a decision' }),
    action: z.enum([...RESOLUTIONS, 'cancel', 'erase']),
    by: z.string().exactOptional(),
    reason: z.string().exactOptional(),
  } satisfies Shape<Decision>)
  .meta({ id: 'Decision' }) satisfies z.ZodType<Decision>;

/** An operator's decision in one run, and what was decided in it, for those who operate only: reasons may name people. */
export const decisionRoutes: FastifyPluginAsyncZod<RouteOptions> = async (app, { client }) => {
  const config = { access: 'operate', refusals: [404, 409, 503, 504] } as const;

  for (const { type, url, operationId, body } of RESOLVED) {
    app.route({
      method: 'POST',
      url: `${url}/resolve`,
      config,
      schema: {
        operationId,
        tags: ['Operate'],
        summary: 'Decide about a step that needs attention',
        description: `Kept in the run with who (the caller of the token, and \`by\` where told), when and why.${type === 'onboarding' ? ' With `member`, a step of that member’s own run.' : ''}`,
        params: runParams,
        body,
        response: { 204: nothing('Decided') },
      },
      handler: async ({ params, body: { member, ...decision }, caller }, reply) => {
        const run = { type, ...params, ...(member !== undefined && { member }) };
        await client.operator.resolve(run, { ...decision, by: decidedBy(caller!, decision.by) });
        return reply.status(204).send();
      },
    });
  }

  for (const { type, url, operationId, params } of TOLD) {
    app.route({
      method: 'GET',
      url: `${url}/decisions`,
      config: { ...config, audit: 'decisions' },
      schema: {
        operationId,
        tags: ['Operate'],
        summary: 'What was decided in a run, by whom and why, oldest first',
        params,
        response: { 200: z.object({ decisions: z.array(decisionSchema) }) },
      },
      handler: async ({ params: customer }) => ({
        decisions: await client.operator.decisions({ type, ...customer }),
      }),
    });
  }
};
