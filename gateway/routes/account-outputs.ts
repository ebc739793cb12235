import { z } from 'zod';
import type { Shape } from '../../client/requests/shape.ts';
import {
  CHANGE_KINDS,
  CHANGE_STATUSES,
  CHANGE_STEPS,
  type ChangeProgress,
  type ChangesProgress,
} from '../../contract/change.ts';
import {
  OFFBOARDING_OUTCOMES,
  OFFBOARDING_STEPS,
  REMOVABLE,
  type ErasureRecord,
  type OffboardingProgress,
  type Removal,
} from '../../contract/offboarding.ts';
import { PROVIDERS } from '../../contract/request.ts';
import type { ChangeTaken } from '../../client/index.ts';
import { attention, instant, reason, step, wait } from './outputs.ts';

export const takenSchema = z
  .object({
    provider: z.string(),
    reference: z.string(),
    changeId: z.string(),
    workflowId: z.string().meta({ description: 'The run that has taken it: an open onboarding, or the changes’ own' }),
    ahead: z.int().meta({ description: 'Changes of the account that come before it' }),
    takenBy: z.literal('onboarding').exactOptional().meta({
      description:
        'Of a member while the onboarding is open: `members` of its progress tells of it, and no result of a change',
    }),
  } satisfies Shape<ChangeTaken>)
  .meta({ id: 'ChangeTaken' }) satisfies z.ZodType<ChangeTaken>;

export const changeSchema = z
  .object({
    changeId: z.string(),
    kind: z.enum(CHANGE_KINDS),
    status: z.enum(CHANGE_STATUSES),
    code: z.string().exactOptional(),
    sentence: z.string().exactOptional().meta({ description: 'Of a refusal: field, rule and remedy' }),
    startedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
  } satisfies Shape<ChangeProgress>)
  .meta({ id: 'Change', description: 'How a change stands or ended' }) satisfies z.ZodType<ChangeProgress>;

const ofRun = {
  provider: z.enum(PROVIDERS),
  reference: z.string(),
  accountId: z.string().exactOptional(),
  wait: wait.exactOptional(),
  attention: attention.exactOptional(),
  next: z.string().meta({ description: 'What happens next, or what is asked of whom' }),
};

export const changesProgressSchema = z
  .object({
    ...ofRun,
    changes: z.array(changeSchema),
    steps: z.array(step.extend({ name: z.enum(CHANGE_STEPS) }).meta({ id: 'ChangeStep' })),
  } satisfies Shape<ChangesProgress>)
  .meta({
    id: 'ChangesProgress',
    description: 'All changes of an account’s newest run of changes, and the steps of the one under way',
  }) satisfies z.ZodType<ChangesProgress>;

const taken = {
  removed: z.array(z.object({ what: z.enum(REMOVABLE), count: z.int(), at: instant } satisfies Shape<Removal>)),
  remainder: z
    .array(
      z.object({ step: z.enum(OFFBOARDING_STEPS), code: z.string() } satisfies Shape<
        ErasureRecord['remainder'][number]
      >),
    )
    .meta({ description: 'What is left, or not proven to be gone' }),
};

export const offboardingProgressSchema = z
  .object({
    ...ofRun,
    ...taken,
    outcome: z.enum(OFFBOARDING_OUTCOMES).exactOptional(),
    steps: z.array(step.extend({ name: z.enum(OFFBOARDING_STEPS) }).meta({ id: 'OffboardingStep' })),
  } satisfies Shape<OffboardingProgress>)
  .meta({ id: 'OffboardingProgress' }) satisfies z.ZodType<OffboardingProgress>;

export const erasureSchema = z
  .object({
    provider: z.enum(PROVIDERS),
    reference: z.string(),
    accountId: z.string().exactOptional(),
    outcome: z.enum(OFFBOARDING_OUTCOMES),
    ...taken,
    histories: z
      .object({ workflowId: z.string(), dueAt: instant } satisfies Shape<NonNullable<ErasureRecord['histories']>>)
      .meta({ description: 'The run that deletes what Temporal keeps of the customer, and from when on' })
      .exactOptional(),
    reason: reason.exactOptional(),
  } satisfies Shape<ErasureRecord>)
  .meta({
    id: 'ErasureRecord',
    description: 'What was removed, when, and what the provider cannot remove; without personal data',
  }) satisfies z.ZodType<ErasureRecord>;
