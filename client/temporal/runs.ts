import type { WorkflowExecutionInfo, WorkflowExecutionStatusName } from '@temporalio/client';
import type { OffboardingOutcome } from '../../contract/offboarding.ts';
import { memberPrefix, parseRunId, runId, type RunAddress, type RunType } from '../../contract/ids.ts';
import type { Outcome } from '../../contract/progress.ts';
import { PROVIDERS } from '../../contract/request.ts';
import {
  AWAITED,
  DEADLINE,
  ENDS,
  OUTCOME,
  PROVIDER,
  REPORTED_PROBLEMS,
  STAGE,
  STAGES,
  WAITING_FOR,
} from '../../contract/search-attributes.ts';
import { CHANGE_ACCOUNT, OFFBOARD_CUSTOMER, ONBOARD_CUSTOMER, ONBOARD_MEMBER } from '../../contract/messages.ts';
import { RequestInvalid } from '../errors.ts';

export const RUN_STATUSES = ['running', 'completed', 'failed', 'cancelled', 'terminated', 'timed-out'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How Temporal's list filter calls them. */
const FILTER_STATUS: Record<RunStatus, string> = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Canceled',
  terminated: 'Terminated',
  'timed-out': 'TimedOut',
};

/** What Temporal itself knows of a run: readable without a worker and after its end. Instants are ISO 8601 in UTC. */
export interface OnboardingRun extends RunAddress {
  workflowId: string;
  runId: string;
  status: RunStatus;
  stage?: string;
  waitingFor?: string;
  outcome?: Outcome | OffboardingOutcome;
  /** Its workflow tasks keep failing: it does not go on. */
  stuck?: boolean;
  deadline?: string;
  startedAt: string;
  endedAt?: string;
}

export interface RunFilter {
  /** By default onboardings. */
  types?: readonly RunType[];
  provider?: string;
  /** Of one customer. */
  reference?: string;
  stage?: string;
  waitingFor?: string;
  outcome?: string;
  status?: string;
  /** Those that are stuck. */
  stuck?: boolean;
  /** Those that are stuck, too, whatever they wait for. */
  orStuck?: boolean;
  /** Of onboardings: members' own runs, too. */
  members?: boolean;
}

type RunInfo = Pick<
  WorkflowExecutionInfo,
  'workflowId' | 'runId' | 'status' | 'typedSearchAttributes' | 'startTime'
> & {
  closeTime?: Date | undefined;
};

/** `undefined` when the workflow is none of ours. */
export function toRun(info: RunInfo): OnboardingRun | undefined {
  const address = parseRunId(info.workflowId);
  if (!address) return undefined;
  const attributes = info.typedSearchAttributes;
  const stage = attributes.get(STAGE);
  const waitingFor = attributes.get(WAITING_FOR);
  const outcome = ENDS.find((one) => one === attributes.get(OUTCOME));
  const deadline = attributes.get(DEADLINE);
  return {
    ...address,
    workflowId: info.workflowId,
    runId: info.runId,
    status: statusOf(info.status.name),
    ...(stage !== undefined && { stage }),
    ...(waitingFor !== undefined && { waitingFor }),
    ...(outcome !== undefined && { outcome }),
    ...(attributes.get(REPORTED_PROBLEMS) !== undefined && { stuck: true }),
    ...(deadline !== undefined && { deadline: deadline.toISOString() }),
    startedAt: info.startTime.toISOString(),
    ...(info.closeTime !== undefined && { endedAt: info.closeTime.toISOString() }),
  };
}

const STUCK = `${REPORTED_PROBLEMS.name} IS NOT NULL`;

/** The filter in Temporal's list language. Values are checked, so that none can change the query. */
export function toQuery(filter: RunFilter): string {
  const kinds = filter.types ?? ['onboarding'];
  const types = kinds.flatMap((type) => WORKFLOWS[type]);
  if (filter.members) types.push(ONBOARD_MEMBER);
  const status = filter.status && FILTER_STATUS[oneOf('status', filter.status, RUN_STATUSES)];
  return [
    `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')})`,
    status ? `ExecutionStatus = '${status}'` : `ExecutionStatus != 'ContinuedAsNew'`,
    ...where(PROVIDER.name, filter.provider && oneOf('provider', filter.provider, PROVIDERS)),
    ...where(STAGE.name, filter.stage && oneOf('stage', filter.stage, STAGES)),
    ...waitingFor(filter),
    ...(filter.stuck ? [STUCK] : []),
    ...ofCustomer(filter, kinds),
    ...where(OUTCOME.name, filter.outcome && oneOf('outcome', filter.outcome, ENDS)),
  ].join(' AND ');
}

const WORKFLOWS: Record<RunType, string> = {
  onboarding: ONBOARD_CUSTOMER,
  change: CHANGE_ACCOUNT,
  offboarding: OFFBOARD_CUSTOMER,
};

/** Ids are asked for and not an attribute: they are there before a run has shown anything. */
function ofCustomer({ reference, provider, members }: RunFilter, kinds: readonly RunType[]): string[] {
  if (reference === undefined) return [];
  const ids = (provider === undefined ? PROVIDERS : [provider]).flatMap((owner) => [
    ...kinds.map((type) => `WorkflowId = '${runId({ type, provider: owner, reference })}'`),
    ...(members ? [`WorkflowId STARTS_WITH '${memberPrefix(owner, reference)}'`] : []),
  ]);
  return [`(${ids.join(' OR ')})`];
}

function waitingFor({ waitingFor, orStuck = false }: RunFilter): string[] {
  const waits = where(WAITING_FOR.name, waitingFor && oneOf('waitingFor', waitingFor, AWAITED));
  return orStuck ? [`(${[...waits, STUCK].join(' OR ')})`] : waits;
}

function where(attribute: string, value: string | undefined): string[] {
  return value ? [`${attribute} = '${value}'`] : [];
}

export function oneOf<T extends string>(field: string, value: string, values: readonly T[]): T {
  const found = values.find((each) => each === value);
  if (found) return found;
  throw new RequestInvalid([`${field}: must be one of ${values.join(', ')}; correct it or leave it out.`]);
}

export function statusOf(name: WorkflowExecutionStatusName): RunStatus {
  const words: Partial<Record<WorkflowExecutionStatusName, RunStatus>> = {
    COMPLETED: 'completed',
    FAILED: 'failed',
    CANCELLED: 'cancelled',
    TERMINATED: 'terminated',
    TIMED_OUT: 'timed-out',
  };
  return words[name] ?? 'running';
}
