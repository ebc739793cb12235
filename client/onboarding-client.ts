import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from '../encryption/data-converter.ts';
import type { IdentificationOutcome } from '../contract/activities.ts';
import type { ReadResult } from '../contract/reading.ts';
import type { Decision, MemberRunProgress, OnboardingResult, Progress } from '../contract/progress.ts';
import { RUN_TYPES } from '../contract/ids.ts';
import { WORKFLOW_QUEUE } from '../contract/queues.ts';
import * as messages from '../contract/messages.ts';
import { call, known } from './temporal/call.ts';
import { Changes } from './changes.ts';
import { CustomerRuns } from './customer-runs.ts';
import { withBoundMessages } from './temporal/bound-messages.ts';
import { Caller } from './temporal/caller.ts';
import { connectionOptions } from './temporal/connection-options.ts';
import { DEFAULT_DEADLINE, readClientConfig, type ClientConfig } from './config.ts';
import { OnboardingEnded, OnboardingError, OnboardingNotFound, TemporalUnavailable } from './errors.ts';
import { checkEvent } from './requests/event.ts';
import {
  countOpenDeliveries,
  countRunsOf,
  listDeliveries,
  startDelivery,
  type DeliveryOptions,
  type EventDelivery,
  type EventFilter,
} from './events.ts';
import { Erasures } from './erasures.ts';
import { Offboardings } from './offboardings.ts';
import { Operator, type DecisionInput } from './operator.ts';
import { readPage, type RunPage } from './temporal/page.ts';
import { Reconciliations } from './reconciliations.ts';
import { readAccount } from './reading.ts';
import { checkReading } from './requests/reading.ts';
import { checkCorrection } from './requests/correction.ts';
import { checkMember, checkRequest } from './requests/onboarding.ts';
import { countRuns, listRuns } from './temporal/list.ts';
import type { OnboardingRun, RunFilter } from './temporal/runs.ts';
import type { Share } from './requests/share.ts';
import { startOnboarding, type Started } from './start.ts';

export interface ClientOptions {
  taskQueue?: string;
  /** Milliseconds that one call may take; 10 000 by default. */
  deadline?: number;
  /** Above how many runs or changes at once a second person must confirm; nobody must by default. */
  fourEyesAbove?: number;
}

/**
 * Onboardings for a backend. A customer is named by provider and reference, the caller's own key. Every method fails with an
 * `OnboardingError` and with nothing else, and answers within the deadline. A cancelled onboarding is undone by the policy's `atAbort`.
 */
export class OnboardingClient extends CustomerRuns<Progress, OnboardingResult> {
  readonly temporal: Client;
  /** Of existing accounts. */
  readonly changes: Changes;
  readonly offboardings: Offboardings;
  readonly erasures: Erasures;
  /** Of what our runs say with what the providers say. */
  readonly reconciliations: Reconciliations;
  /** For those who decide what hangs, over all kinds of runs. */
  readonly operator: Operator;

  /** For a caller that has a Temporal client. Its data converter must encrypt. */
  constructor(
    temporal: Client,
    { taskQueue = WORKFLOW_QUEUE, deadline = DEFAULT_DEADLINE, fourEyesAbove = Infinity }: ClientOptions = {},
  ) {
    const bound = withBoundMessages(temporal);
    super(new Caller(bound, { taskQueue, deadline, fourEyesAbove }), 'onboarding', messages.progress);
    this.temporal = bound;
    this.changes = new Changes(this.caller);
    this.offboardings = new Offboardings(this.caller);
    this.erasures = new Erasures(this.caller);
    this.reconciliations = new Reconciliations(this.caller);
    this.operator = new Operator(this.caller);
  }

  /** Connects by the environment, or by the settings given. Close it when done. */
  static async connect(config: ClientConfig = readClientConfig()): Promise<OnboardingClient> {
    try {
      return over(await Connection.connect(connectionOptions(config)), config);
    } catch (error) {
      if (error instanceof OnboardingError) throw error;
      throw known({ within: config.deadline }, error) ?? new TemporalUnavailable(error);
    }
  }

  /**
   * Without waiting for Temporal: each call connects where it must, and says so where it cannot. Close it when done.
   */
  static lazy(config: ClientConfig): OnboardingClient {
    return over(Connection.lazy(connectionOptions(config)), config);
  }

  /** Whether Temporal and the namespace can be reached now; fails as any call does, after `within` milliseconds at the latest. */
  async ready(within: number): Promise<void> {
    const { workflowService, options } = this.temporal;
    await call(this.temporal, { address: 'the namespace', within, by: 'temporal' }, () =>
      workflowService.describeNamespace({ namespace: options.namespace }),
    );
  }

  close(): Promise<void> {
    return this.temporal.connection.close();
  }

  /**
   * Checks and starts. The same request again answers with the run there is; another one under a taken reference is a `ReferenceConflict`.
   * Refused while the customer is being offboarded. `share`: what it waits for where workers have more to do than they can at once.
   */
  async start(request: unknown, share: Share = {}): Promise<Started> {
    return startOnboarding(this.caller, checkRequest(request), share);
  }

  /** All that Temporal knows of a customer: the newest onboarding, the newest run of changes, the newest offboarding, the newest erasure. */
  async runsOf(provider: string, reference: string): Promise<OnboardingRun[]> {
    const found = RUN_TYPES.map((type) => this.caller.find({ type, provider, reference }));
    return (await Promise.all(found)).filter((run) => run !== undefined);
  }

  /** Newest first. Temporal's list lags behind by about a second. */
  list(filter: RunFilter = {}): AsyncGenerator<OnboardingRun, void> {
    return listRuns(this.caller, filter);
  }

  /** How many runs fit, by Temporal's own count. */
  count(filter: RunFilter): Promise<number> {
    return countRuns(this.caller, filter);
  }

  /** One page of the list; `after` is the `next` of the page before, under the same filter. */
  page(filter: RunFilter, part: { size: number; after?: Uint8Array }): Promise<RunPage> {
    return readPage(this.caller, filter, part);
  }

  /**
   * What the provider shows of a customer's account, asked for now (a `ReadRequest`). Personal data, for a caller who may see it, and never an
   * SSN. Changes nothing, so it may be asked for at any time.
   */
  async read(request: unknown): Promise<ReadResult> {
    return readAccount(this.caller, checkReading(request));
  }

  /**
   * Takes an event from outside (an `AccountEvent`) to the run of its account, which may be found later than the event comes. Answers when
   * Temporal holds it; `duplicate`: it did so before. Another event under an `eventId` that is used is an `EventConflict`.
   */
  async deliverEvent(
    event: unknown,
    options: DeliveryOptions = {},
  ): Promise<{ workflowId: string; duplicate: boolean }> {
    return startDelivery(this.caller, checkEvent(event), options);
  }

  /** Whether any run, open or ended, is of an account with one of these keyed hashes. */
  async knowsAccount(hashes: string[]): Promise<boolean> {
    return (await countRunsOf(this.caller, hashes)) > 0;
  }

  /** How many events from outside are on their way to a run, or still look for it. */
  async openDeliveries(): Promise<number> {
    return countOpenDeliveries(this.caller);
  }

  /** Events from outside and what became of them, newest first. Temporal's list lags behind by about a second. */
  events(filter: EventFilter = {}): AsyncGenerator<EventDelivery, void> {
    return listDeliveries(this.caller, filter);
  }

  memberProgress(provider: string, reference: string, member: string): Promise<MemberRunProgress> {
    return this.caller.query(this.of(provider, reference, member), messages.memberProgress);
  }

  /** A key to the person's identification: hand it to that person only. */
  eidLink(provider: string, reference: string): Promise<{ link?: string }> {
    return this.caller.query(this.of(provider, reference), messages.eidLink);
  }

  emailVerified(provider: string, reference: string, event: messages.OutsideEvent & { at?: string }): Promise<void> {
    return this.caller.signal(this.of(provider, reference), messages.emailVerified, event);
  }

  /** Session and outcome where the sender knows them; the provider is asked for what is true. */
  eidCompleted(
    provider: string,
    reference: string,
    event: messages.OutsideEvent & { identificationId?: string; outcome?: IdentificationOutcome },
  ): Promise<void> {
    return this.caller.signal(this.of(provider, reference), messages.eidCompleted, event);
  }

  /** Goes to the customer's run, and once that has ended to the member's own, which may have been added by a change. */
  async memberAccepted(
    provider: string,
    reference: string,
    event: messages.OutsideEvent & { member: string },
  ): Promise<void> {
    try {
      await this.caller.signal(this.of(provider, reference), messages.memberAccepted, event);
    } catch (error) {
      if (!(error instanceof OnboardingEnded || error instanceof OnboardingNotFound)) throw error;
      const { eventId, member } = event;
      await this.caller.signal(this.of(provider, reference, member), messages.acceptanceReported, { eventId });
    }
  }

  confirmEmail(provider: string, reference: string, input: { code: string }): Promise<{ confirmed: boolean }> {
    return this.caller.update(this.of(provider, reference), (run) =>
      run.executeUpdate(messages.confirmEmail, { args: [input] }),
    );
  }

  resendVerification(provider: string, reference: string): Promise<void> {
    return this.caller.update(this.of(provider, reference), (run) => run.executeUpdate(messages.resendVerification));
  }

  renewEidLink(provider: string, reference: string): Promise<{ link: string }> {
    return this.caller.update(this.of(provider, reference), (run) => run.executeUpdate(messages.renewEidLink));
  }

  /** The same member again is the same; another person under a reference that is in use is refused. */
  async addMember(provider: string, reference: string, member: unknown): Promise<void> {
    return this.caller.update(this.of(provider, reference), (run) =>
      run.executeUpdate(messages.addMember, { args: [checkMember(member)] }),
    );
  }

  removeMember(provider: string, reference: string, input: { member: string }): Promise<void> {
    return this.caller.update(this.of(provider, reference), (run) =>
      run.executeUpdate(messages.removeMember, { args: [input] }),
    );
  }

  /** With `member`, a value of that member's own person. The value is checked as in a request. */
  async correct(
    provider: string,
    reference: string,
    input: { path: string; value: string; member?: string },
  ): Promise<void> {
    const { member, ...correction } = checkCorrection(input);
    return this.caller.update(this.of(provider, reference, member), (run) =>
      run.executeUpdate(messages.correct, { args: [correction] }),
    );
  }

  /** With `member`, a step of that member's own run. `reason` and, where told, `by` are kept with the decision. */
  async resolve(provider: string, reference: string, input: DecisionInput & { member?: string }): Promise<void> {
    const { member, ...decision } = input;
    return this.operator.resolve(this.address(provider, reference, member), decision);
  }

  /** What operators have decided in this run, or in a member's, and why. Their reasons are for those who operate. */
  async decisions(provider: string, reference: string, member?: string): Promise<Decision[]> {
    return this.operator.decisions(this.address(provider, reference, member));
  }
}

function over(connection: Connection, { namespace, keyRing, ...options }: ClientConfig): OnboardingClient {
  const temporal = new Client({ connection, namespace, dataConverter: createDataConverter(keyRing) });
  return new OnboardingClient(temporal, options);
}
