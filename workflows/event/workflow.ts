import {
  ApplicationFailure,
  log,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { referenceOf } from '../../contract/ids.ts';
import { minute } from '../../contract/instant.ts';
import type { IsoDuration } from '../../contract/duration.ts';
import { activityQueue, RUNS } from '../../contract/queues.ts';
import type { AccountEvent, Delivery, FindRunInput, RunActivities } from '../../contract/runs.ts';
import { DELIVERY } from '../../contract/runs.ts';
import { OUTCOME, REFERENCE } from '../../contract/search-attributes.ts';
import { deliverySummary } from '../../contract/start.ts';
import { offer } from './takers.ts';
import { activityReason } from '../engine/failure.ts';
import { iso, limit, milliseconds, now } from '../engine/time.ts';

/**
 * Brings one event from outside to the open run that waits for it, as a hint. The workflow id is made of the event's own id,
 * so the same event again is this run.
 *
 * @param options `within`: how long to look for a run of the account. It ends then, or up to a minute earlier, with the last look.
 */
export async function deliverEvent(event: AccountEvent, { within }: { within: IsoDuration }): Promise<Delivery> {
  mustBeDeliverable(event);
  show(event, `Looking for the run, until ${minute(iso(now() + milliseconds(within)))}.`);
  const delivery = await delivered(event, within);
  const reference = event.reference ?? (delivery.delivered ? referenceOf(delivery.workflowId) : undefined);
  upsertSearchAttributes([
    { key: OUTCOME, value: delivery.delivered ? 'delivered' : delivery.reason },
    ...(reference === undefined ? [] : [{ key: REFERENCE, value: reference }]),
  ]);
  show(event, sentenceOf(delivery, within));
  return delivery;
}

async function delivered(event: AccountEvent, within: IsoDuration): Promise<Delivery> {
  const { provider, accountId, reference } = event;
  if (reference !== undefined) {
    const taker = await offer(event, reference);
    if (taker !== undefined) return { delivered: true, workflowId: taker };
  }
  const account = reference === undefined ? { accountId: accountId! } : { reference };
  const run = await find({ provider, ...account, ...DELIVERY.pace }, within);
  if (run === undefined) return { delivered: false, reason: 'unmatched' };
  const taker = await offer(event, referenceOf(run)!);
  return taker === undefined ? { delivered: false, reason: 'ended' } : { delivered: true, workflowId: taker };
}

/** So many times the look begins anew: a day, where it takes the usual hour. */
const LOOKS = 24;

/**
 * Only "not yet" is an answer; that Temporal's list or its worker was away all the time is none, and the look begins anew. One that is away for
 * good ends the run as failed: the sender's event has come to nobody.
 */
async function find(input: FindRunInput, within: IsoDuration): Promise<string | undefined> {
  const { findRun } = proxyActivities<RunActivities>({
    taskQueue: activityQueue(workflowInfo().taskQueue, RUNS),
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: limit(within),
    retry: { maximumInterval: milliseconds(DELIVERY.pace.maxPoll) },
    summary: 'Find the run of the account',
  });
  for (let look = 1; ; look += 1) {
    try {
      return (await findRun(input)).workflowId;
    } catch (error) {
      const reason = activityReason(error);
      if (!reason) throw error;
      if (reason.code === 'NotYet') return undefined;
      if (look === LOOKS) {
        throw ApplicationFailure.nonRetryable('The run of the event could not be looked for.', reason.code);
      }
      log.warn('the run of an event cannot be looked for', { code: reason.code });
    }
  }
}

function sentenceOf(delivery: Delivery, within: IsoDuration): string {
  if (delivery.delivered) return `Delivered to ${delivery.workflowId}.`;
  return delivery.reason === 'ended'
    ? 'The run has ended; the event changes nothing any more.'
    : `No run of the account was found within ${within}.`;
}

/** What a person reads in the Temporal UI. No personal data. */
function show(event: AccountEvent, sentence: string): void {
  setCurrentDetails(`${deliverySummary(event)}\n\n**${sentence}**`);
}

/** Callers have validated before: whoever started the run by hand is told at once. */
function mustBeDeliverable({ kind, accountId, reference, member }: AccountEvent): void {
  const known = accountId !== undefined || reference !== undefined;
  if (known && (kind !== 'memberAccepted' || member !== undefined)) return;
  const sentence = 'The event names no account, or no member whose acceptance it tells.';
  throw ApplicationFailure.nonRetryable(sentence, 'RequestRefused');
}
