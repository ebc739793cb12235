import { z } from 'zod';
import type { Shape } from '../../client/requests/shape.ts';
import {
  ERASURE_OUTCOMES,
  ERASURE_STEPS,
  HISTORY_KINDS,
  type ErasureProgress,
  type HistoriesRecord,
} from '../../contract/erasure.ts';
import { PROVIDERS } from '../../contract/request.ts';
import { attention, instant, reason, step, wait } from './outputs.ts';

const known = {
  provider: z.enum(PROVIDERS),
  reference: z.string(),
  erased: z
    .array(
      z.object({ what: z.enum(HISTORY_KINDS), count: z.int(), at: instant } satisfies Shape<
        HistoriesRecord['erased'][number]
      >),
    )
    .meta({ description: 'Runs that are proven to be gone' }),
  remainder: z.array(
    z.object({ what: z.enum([...HISTORY_KINDS, 'histories']), code: z.string() } satisfies Shape<
      HistoriesRecord['remainder'][number]
    >),
  ),
};

export const historiesSchema = z
  .object({
    ...known,
    outcome: z.enum(ERASURE_OUTCOMES),
    reason: reason.exactOptional(),
  } satisfies Shape<HistoriesRecord>)
  .meta({
    id: 'HistoriesRecord',
    description: 'What was deleted from Temporal, when, and what was not; without personal data',
  }) satisfies z.ZodType<HistoriesRecord>;

export const erasureProgressSchema = z
  .object({
    ...known,
    outcome: z.enum(ERASURE_OUTCOMES).exactOptional(),
    steps: z.array(step.extend({ name: z.enum(ERASURE_STEPS) }).meta({ id: 'ErasureStep' })),
    wait: wait.exactOptional(),
    attention: attention.exactOptional(),
    next: z.string().meta({ description: 'What happens next, or what is asked of whom' }),
  } satisfies Shape<ErasureProgress>)
  .meta({ id: 'ErasureProgress' }) satisfies z.ZodType<ErasureProgress>;
