import { z } from 'zod';
import type { Shape } from '../../client/requests/shape.ts';
import {
  FINDING_KINDS,
  RECONCILIATION_OUTCOMES,
  type Finding,
  type Reconciliation,
  type ReconciliationCounts,
  type ReconciliationProgress,
} from '../../contract/reconciliation.ts';
import type { ReconciliationSchedule } from '../../client/index.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { instant } from './outputs.ts';

const counts = z
  .object({
    known: z.int().meta({ description: 'Accounts our runs tell of' }),
    agreed: z.int(),
    differing: z.int(),
    undecided: z.int(),
    listed: z.int().meta({ description: 'Accounts in the provider’s own list' }),
    unclaimed: z.int().meta({ description: 'Of these: without a reference of ours' }),
    findings: z.record(z.enum(FINDING_KINDS), z.int()),
  } satisfies Shape<ReconciliationCounts>)
  .meta({ id: 'ReconciliationCounts' }) satisfies z.ZodType<ReconciliationCounts>;

export const findingSchema = z
  .object({
    kind: z.enum(FINDING_KINDS),
    code: z.string(),
    reference: z.string(),
    accountId: z.string().exactOptional(),
    member: z.string().exactOptional(),
    asOf: instant.exactOptional(),
    repair: z
      .enum(['ssn-monitoring-on', 'deactivate'])
      .exactOptional()
      .meta({ description: 'The change that mends it without harm; absent where a person has to look' }),
  } satisfies Shape<Finding>)
  .meta({ id: 'Finding', description: 'One difference, without personal data' }) satisfies z.ZodType<Finding>;

const about = {
  provider: z.enum(PROVIDERS),
  reference: z.string().exactOptional(),
  startedAt: instant,
  counts,
};

export const reconciliationProgressSchema = z
  .object({
    ...about,
    phase: z.enum(['known', 'listed', 'ended']),
    pages: z.int(),
  } satisfies Shape<ReconciliationProgress>)
  .meta({ id: 'ReconciliationProgress' }) satisfies z.ZodType<ReconciliationProgress>;

export const reconciliationSchema = z
  .object({
    ...about,
    outcome: z.enum(RECONCILIATION_OUTCOMES),
    code: z.string().exactOptional(),
    endedAt: instant,
    findings: z.array(findingSchema),
    unlisted: z.int().meta({ description: 'Findings that are counted but not listed' }),
    foreignSought: z.boolean().meta({ description: 'false: the provider cannot list its accounts' }),
    retention: z.number().exactOptional().meta({ description: 'Seconds for which a run that has ended is known' }),
  } satisfies Shape<Reconciliation>)
  .meta({
    id: 'Reconciliation',
    description: 'What our runs say and the provider does not, or the other way round',
  }) satisfies z.ZodType<Reconciliation>;

export const scheduleSchema = z
  .object({
    provider: z.string(),
    every: z.int().meta({ description: 'Milliseconds between two runs' }),
    paused: z.boolean(),
    next: instant.exactOptional(),
    recent: z
      .array(
        z.object({ workflowId: z.string(), at: instant } satisfies Shape<ReconciliationSchedule['recent'][number]>),
      )
      .meta({ description: 'Runs so far, newest last, as far as Temporal remembers them' }),
  } satisfies Shape<ReconciliationSchedule>)
  .meta({ id: 'ReconciliationSchedule' }) satisfies z.ZodType<ReconciliationSchedule>;
