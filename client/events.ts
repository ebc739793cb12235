import {
  WorkflowExecutionAlreadyStartedError,
  type WorkflowExecutionInfo,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { deliveryId } from '../contract/ids.ts';
import type { IsoDuration } from '../contract/duration.ts';
import { PROVIDERS } from '../contract/request.ts';
import {
  ACCOUNT_EVENT_KINDS,
  DELIVERY,
  DELIVERY_OUTCOMES,
  type AccountEvent,
  type AccountEventKind,
  type Delivery,
  type DeliveryOutcome,
} from '../contract/runs.ts';
import { ACCOUNT, OUTCOME, PROVIDER, REFERENCE, STAGE } from '../contract/search-attributes.ts';
import { deliverySummary, FINGERPRINT_MEMO } from '../contract/start.ts';
import { DELIVER_EVENT } from '../contract/messages.ts';
import { call, type Call } from './temporal/call.ts';
import { EventConflict } from './errors.ts';
import { fingerprint } from './temporal/fingerprint.ts';
import { counted } from './temporal/list.ts';
import type { Caller } from './temporal/caller.ts';
import { oneOf, statusOf, type RunStatus } from './temporal/runs.ts';

/** What Temporal itself knows of a delivery; the event's ids are in its run only, encrypted. Instants are ISO 8601 in UTC. */
export interface EventDelivery {
  workflowId: string;
  runId: string;
  provider?: string;
  kind?: AccountEventKind;
  status: RunStatus;
  /** Absent while the run of the account is looked for. */
  outcome?: DeliveryOutcome;
  startedAt: string;
  endedAt?: string;
}

export interface EventFilter {
  provider?: string;
  /** Only those for which no run was found. */
  unmatched?: boolean;
  /** Only those that are still under way. */
  running?: boolean;
}

export interface DeliveryOptions {
  /**
   * Whether there is a run of the account; `true` by default. Without one it may only be that Temporal's list lags behind, so the event is
   * delivered all the same, but after all work that customers wait for: anybody's events may be about accounts that are not ours.
   */
  isKnown?: boolean;
}

/** Temporal's own scale, 1 to 5. */
const PRIORITY = { known: 2, unknown: 5 };

/**
 * Hands the checked event to Temporal, and answers when Temporal holds it. The workflow id is made of the sender's event id, so that the
 * same event is delivered once, however often and from however many places it comes, also after its delivery has ended. Another event under
 * the same id is an `EventConflict`.
 */
export async function startDelivery(
  { temporal, taskQueue, within, eventHash }: Caller,
  event: AccountEvent,
  { isKnown = true }: DeliveryOptions,
): Promise<{ workflowId: string; duplicate: boolean }> {
  const { provider, eventId, kind } = event;
  const workflowId = deliveryId(provider, eventHash(eventId));
  const print = fingerprint(event);
  const options: WorkflowStartOptions<Deliver> = {
    workflowId,
    taskQueue,
    args: [event, { within: DELIVERY.within }],
    memo: { [FINGERPRINT_MEMO]: print },
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    staticSummary: deliverySummary(event),
    staticDetails: `Looks for the run of the account for ${DELIVERY.within}. The tab's right half shows how that went.`,
    typedSearchAttributes: [
      { key: PROVIDER, value: provider },
      { key: STAGE, value: kind },
      ...(event.reference === undefined ? [] : [{ key: REFERENCE, value: event.reference }]),
    ],
    priority: { priorityKey: isKnown ? PRIORITY.known : PRIORITY.unknown },
  };
  return call(temporal, { address: 'the event', within, by: 'temporal' }, async () => {
    try {
      await temporal.workflow.start<Deliver>(DELIVER_EVENT, options);
      return { workflowId, duplicate: false };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    const { memo } = await temporal.workflow.getHandle(workflowId).describe();
    if (memo?.[FINGERPRINT_MEMO] !== print) throw new EventConflict();
    return { workflowId, duplicate: true };
  });
}

type Deliver = (event: AccountEvent, options: { within: IsoDuration }) => Promise<Delivery>;

/** Runs whose account has one of these hashes, open or ended. Temporal's list lags behind by about a second. */
export function countRunsOf(caller: Caller, hashes: string[]): Promise<number> {
  return counted(caller, `${ACCOUNT.name} IN (${hashes.map((hash) => `'${hash}'`).join(', ')})`);
}

/** Deliveries under way at this deployment. Temporal's list lags behind by about a second. */
export function countOpenDeliveries(caller: Caller): Promise<number> {
  return counted(caller, `${toQuery({ running: true })} AND TaskQueue = '${caller.taskQueue}'`);
}

/** Newest first. */
export async function* listDeliveries(
  { temporal, blind, within }: Caller,
  filter: EventFilter,
): AsyncGenerator<EventDelivery, void> {
  const deliveries = blind.list({ query: toQuery(filter), pageSize: 100 })[Symbol.asyncIterator]();
  const spec: Call = { address: 'the list of events', within, by: 'temporal' };
  for (;;) {
    const next = await call(temporal, spec, () => deliveries.next());
    if (next.done) return;
    yield toDelivery(next.value);
  }
}

function toQuery({ provider, unmatched, running }: EventFilter): string {
  return [
    `WorkflowType = '${DELIVER_EVENT}'`,
    ...(provider === undefined ? [] : [`${PROVIDER.name} = '${oneOf('provider', provider, PROVIDERS)}'`]),
    ...(unmatched ? [`${OUTCOME.name} = 'unmatched'`] : []),
    ...(running ? [`ExecutionStatus = 'Running'`] : []),
  ].join(' AND ');
}

function toDelivery(info: WorkflowExecutionInfo): EventDelivery {
  const attributes = info.typedSearchAttributes;
  const provider = attributes.get(PROVIDER);
  const kind = ACCOUNT_EVENT_KINDS.find((one) => one === attributes.get(STAGE));
  const outcome = DELIVERY_OUTCOMES.find((one) => one === attributes.get(OUTCOME));
  return {
    workflowId: info.workflowId,
    runId: info.runId,
    ...(provider !== undefined && { provider }),
    ...(kind !== undefined && { kind }),
    status: statusOf(info.status.name),
    ...(outcome !== undefined && { outcome }),
    startedAt: info.startTime.toISOString(),
    ...(info.closeTime !== undefined && { endedAt: info.closeTime.toISOString() }),
  };
}
