import { z } from 'zod';
import type { Shape } from '../../client/requests/shape.ts';
import { RUN_TYPES } from '../../contract/ids.ts';
import type { Policy, WaitPolicy } from '../../contract/policy.ts';
import { UNDO_MODES } from '../../contract/policy.ts';
import {
  ACCOUNTS_LEFT,
  MEMBER_STATUSES,
  OUTCOMES,
  RESOLUTIONS,
  STEP_STATUSES,
  WAITS,
  type AttentionProgress,
  type Gap,
  type MemberProgress,
  type MemberRunProgress,
  type OnboardingResult,
  type Progress,
  type StepProgress,
  type WaitProgress,
} from '../../contract/progress.ts';
import { ACCOUNT_KINDS, PROVIDERS } from '../../contract/request.ts';
import { ENDS } from '../../contract/search-attributes.ts';
import { type OnboardingRun, RUN_STATUSES, type Started } from '../../client/index.ts';

/** What leaves the gateway: only what is named here does, whatever the library answers. */

export const instant = z.string().meta({ description: 'ISO 8601, UTC' });
const duration = z.string().meta({ description: 'ISO 8601 duration' });

export const startedSchema = z
  .object({
    provider: z.string(),
    reference: z.string(),
    started: z.boolean().meta({ description: 'false: the same request had been started before, and this is its run' }),
    workflowId: z.string(),
    runId: z.string(),
  } satisfies Shape<Started>)
  .meta({ id: 'Started' }) satisfies z.ZodType<Started>;

export const runSchema = z
  .object({
    type: z.enum(RUN_TYPES),
    provider: z.string(),
    reference: z.string(),
    member: z.string().exactOptional(),
    workflowId: z.string(),
    runId: z.string(),
    status: z.enum(RUN_STATUSES),
    stage: z.string().exactOptional(),
    waitingFor: z.string().exactOptional(),
    outcome: z.enum(ENDS).exactOptional(),
    stuck: z.boolean().exactOptional(),
    deadline: instant.exactOptional(),
    startedAt: instant,
    endedAt: instant.exactOptional(),
  } satisfies Shape<OnboardingRun>)
  .meta({
    id: 'Run',
    description: 'What Temporal knows of a run, without asking a worker',
  }) satisfies z.ZodType<OnboardingRun>;

export const step = z
  .object({
    name: z.string(),
    status: z.enum(STEP_STATUSES),
    startedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
    restarts: z.int(),
    code: z.string().exactOptional(),
  } satisfies Shape<StepProgress>)
  .meta({ id: 'Step' });

export const wait = z
  .object({
    for: z.enum(WAITS),
    since: instant,
    deadline: instant,
    remindersSent: z.int(),
    nextReminder: instant.exactOptional(),
  } satisfies Shape<WaitProgress>)
  .meta({ id: 'Wait' });

export const attention = z
  .object({
    step: z.string(),
    call: z.int().min(1).describe('Which call for an operator of this run it is; a decision may name it.'),
    since: instant,
    code: z.string(),
    sentence: z.string().exactOptional().meta({ description: 'What the provider refused, by status, code and fields' }),
    deadline: instant,
    allowed: z.array(z.enum(RESOLUTIONS)),
  } satisfies Shape<AttentionProgress>)
  .meta({ id: 'Attention', description: 'A step that waits for a decision' });

const member = z
  .object({
    reference: z.string(),
    status: z.enum(MEMBER_STATUSES),
    code: z.string().exactOptional(),
  } satisfies Shape<MemberProgress>)
  .meta({ id: 'MemberStatus' });

const waitPolicy = {
  firstPoll: duration,
  maxPoll: duration,
  reminders: z.array(duration),
  deadline: duration,
} satisfies Shape<WaitPolicy>;

const policy = z
  .object({
    emailVerified: z.object({
      ...waitPolicy,
      atDeadline: z.enum(UNDO_MODES),
    } satisfies Shape<Policy['emailVerified']>),
    identification: z.object({ ...waitPolicy, attempts: z.int() } satisfies Shape<Policy['identification']>),
    memberAccepted: z.object(waitPolicy),
    attention: z.object({
      after: duration,
      retryEvery: duration,
      deadline: duration,
    } satisfies Shape<Policy['attention']>),
    undoWithin: duration,
    atAbort: z.enum(UNDO_MODES),
    resendEvery: duration,
  } satisfies Shape<Policy>)
  .meta({ id: 'Policy' }) satisfies z.ZodType<Policy>;

export const progressSchema = z
  .object({
    provider: z.enum(PROVIDERS),
    reference: z.string(),
    kind: z.enum(ACCOUNT_KINDS),
    accountId: z.string().exactOptional(),
    outcome: z.enum(OUTCOMES).exactOptional(),
    steps: z.array(step),
    members: z.array(member),
    wait: wait.exactOptional(),
    attention: attention.exactOptional(),
    next: z.string().meta({ description: 'What happens next, or what is asked of whom' }),
    policy,
  } satisfies Shape<Progress>)
  .meta({
    id: 'Progress',
    description: 'The whole story of a run, without personal data',
  }) satisfies z.ZodType<Progress>;

export const memberProgressSchema = z
  .object({
    reference: z.string(),
    status: z.enum(MEMBER_STATUSES),
    steps: z.array(step),
    wait: wait.exactOptional(),
    attention: attention.exactOptional(),
  } satisfies Shape<MemberRunProgress>)
  .meta({ id: 'MemberProgress' }) satisfies z.ZodType<MemberRunProgress>;

/** Why something ended as it did. */
export const reason = z.object({
  code: z.string(),
  sentence: z.string().exactOptional(),
} satisfies Shape<NonNullable<OnboardingResult['reason']>>);

export const resultSchema = z
  .object({
    outcome: z.enum(OUTCOMES),
    accountId: z.string().exactOptional(),
    gaps: z.array(z.object({ step: z.string(), reason: z.string() } satisfies Shape<Gap>)),
    members: z.array(member),
    reason: reason.exactOptional(),
    account: z.enum(ACCOUNTS_LEFT),
  })
  .meta({ id: 'Result', description: 'How a run ended' }) satisfies z.ZodType<OnboardingResult>;

/** An answer without a body. */
export const nothing = (description: string) => z.undefined().describe(description);
