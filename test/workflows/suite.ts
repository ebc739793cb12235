import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { createRunActivities } from '../../activities/runs/index.ts';
import type { Capabilities } from '../../contract/capabilities.ts';
import { memberId, onboardingId } from '../../contract/ids.ts';
import type { MemberRunProgress, OnboardingResult, Progress } from '../../contract/progress.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { PROVIDER } from '../../contract/search-attributes.ts';
import { memberProgress, ONBOARD_CUSTOMER, progress } from '../../contract/messages.ts';
import { accountHashes } from '../../encryption/account-hash.ts';
import { createDataConverter } from '../../encryption/data-converter.ts';
import { makeKey, parseKeyRing } from '../../encryption/key-ring.ts';
import { beatWhileRunning } from '../../worker/heartbeat.ts';
import { withSearchableAccount } from '../../worker/searchable-account.ts';
import { growingPauses } from '../setup/pauses.ts';
import type { Temporal, TemporalOptions } from '../setup/temporal.ts';
import { createTemporal } from '../setup/temporal.ts';
import { takeTemporal } from './shared-temporal.ts';
import { scriptedProvider, type ScriptedProvider } from './scripted-provider.ts';

export interface Onboarding {
  id: string;
  reference: string;
  handle: WorkflowHandle;
  result: () => Promise<OnboardingResult>;
  progress: () => Promise<Progress>;
  /** Ends when the run's own story says so; fails with the story where it never does. */
  until: (fact: (progress: Progress) => boolean) => Promise<Progress>;
  untilMember: (member: string, fact: (progress: MemberRunProgress) => boolean) => Promise<MemberRunProgress>;
  member: (member: string) => WorkflowHandle;
}

export interface Suite {
  temporal: Temporal;
  provider: ScriptedProvider;
  start: (request?: Partial<OnboardingRequest>) => Promise<Onboarding>;
  close: () => Promise<void>;
}

/** As `ONBOARDING_KEYS`. */
export const keys = makeKey();
export const keyRing = parseKeyRing(keys, 'test');
export const dataConverter = createDataConverter(keyRing);

export interface SuiteOptions extends Omit<TemporalOptions, 'activities'> {
  /** On a task queue that nobody else has used: for what lists the runs of a queue. */
  ownQueue?: boolean;
}

/** Real server, real workflows, scripted provider. */
export async function openSuite(
  capabilities: Partial<Capabilities> = {},
  { ownQueue = false, ...options }: SuiteOptions = {},
): Promise<Suite> {
  const provider = scriptedProvider(capabilities);
  const runActivities = () =>
    createRunActivities({
      client: temporal.client,
      taskQueue: temporal.taskQueue,
      hashesOf: (account) => accountHashes(keyRing, account),
    });
  const runs: RunActivities = {
    findRun: (input) => runActivities().findRun(input),
    listBeliefs: (input) => runActivities().listBeliefs(input),
    awaitFreeAccount: (input) => runActivities().awaitFreeAccount(input),
    listMemberRuns: (input) => runActivities().listMemberRuns(input),
  };
  const defentry = withSearchableAccount('defentry', provider.activities, keyRing);
  const worker = { interceptors: { activity: [beatWhileRunning] }, ...options.worker };
  const isUsual = !ownQueue && Object.keys(options).every((name) => name === 'clock');
  const usual = { dataConverter, ...options, worker };
  const temporal: Temporal = isUsual
    ? await takeTemporal({ defentry, runs }, usual)
    : await createTemporal({ ...usual, activities: { defentry, runs } });
  return { temporal, provider, start: (request) => start(temporal, request), close: () => temporal.close() };
}

async function start(temporal: Temporal, request: Partial<OnboardingRequest> = {}): Promise<Onboarding> {
  const { reference = `c-${randomUUID()}` } = request;
  const id = onboardingId('defentry', reference);
  const handle = await temporal.client.workflow.start(ONBOARD_CUSTOMER, {
    workflowId: id,
    taskQueue: temporal.taskQueue,
    typedSearchAttributes: [{ key: PROVIDER, value: 'defentry' }],
    args: [
      {
        provider: 'defentry',
        reference,
        kind: 'single',
        person: { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' },
        ...request,
      } satisfies OnboardingRequest,
    ],
  });
  const member = (name: string) => temporal.client.workflow.getHandle(memberId('defentry', reference, name));
  return {
    id,
    reference,
    handle,
    member,
    result: () => handle.result() as Promise<OnboardingResult>,
    progress: () => handle.query(progress),
    until: (fact) => eventually(() => handle.query(progress), fact),
    untilMember: (name, fact) => eventually(() => member(name).query(memberProgress), fact),
  };
}

/** Reads until the fact holds. A read that fails (a run not there yet) counts as not yet. */
export async function eventually<T>(read: () => Promise<T>, fact: (value: T) => boolean, limit = 150_000): Promise<T> {
  const end = performance.now() + limit;
  const pause = growingPauses();
  let last: unknown;
  while (performance.now() < end) {
    try {
      const value = await read();
      if (fact(value)) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    await pause();
  }
  throw new Error(`not within ${limit} ms; last seen: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

export function stepStatus(story: Progress, name: string): string | undefined {
  return story.steps.find((step) => step.name === name)?.status;
}
