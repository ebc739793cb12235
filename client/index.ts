/** The library: everything a backend needs, and nothing of Temporal. */
export { OnboardingClient, type ClientOptions } from './onboarding-client.ts';
export { readClientConfig, readUiUrl, type ClientConfig } from './config.ts';
export { checkChange, type ChangeRequest } from './requests/change.ts';
export { checkOffboarding } from './requests/offboarding.ts';
export { checkEvent } from './requests/event.ts';
export { type EventDelivery, type EventFilter } from './events.ts';
export { type ReadRequest } from './requests/reading.ts';
export { checkMember, checkRequest } from './requests/onboarding.ts';
export { referenceFor } from './requests/new-reference.ts';
export { uiLinks, type UiLinks } from './ui-link.ts';
export { RUN_STATUSES, type OnboardingRun, type RunFilter, type RunStatus } from './temporal/runs.ts';
export { type Share } from './requests/share.ts';
export { type Started } from './start.ts';
export { type ChangeTaken } from './request-change.ts';
export { hasEnded, type Changes } from './changes.ts';
export { type Offboardings } from './offboardings.ts';
export { type Erasures } from './erasures.ts';
export { type CustomerFact } from './facts.ts';
export { type DecisionInput, type Operator } from './operator.ts';
export { type Hanging, type HangingPage } from './hanging.ts';
export { DECISION_RESULTS, type DecideAllOptions, type DecidedAll, type DecisionResult } from './decide-all.ts';
export { type Reconciliations } from './reconciliations.ts';
export { type ReconciliationPlan } from './requests/reconciliation.ts';
export { type ReconciliationSchedule, type ReconciliationSchedules } from './reconciliation-schedules.ts';
export { type Repair, type Repaired, type RepairTaken } from './repair.ts';
export { type HangingFilter } from './requests/hanging-filter.ts';
export { type WatchOptions } from './temporal/watch.ts';
export { nameOf } from './temporal/address.ts';
export { examine } from './doctor/doctor.ts';
export { type CheckResult } from './doctor/check-result.ts';
export { entryOf } from './entry.ts';
export { reconciliationCsv } from './reports/reconciliation-csv.ts';
export { REPORT_POLICY, reconciliationHtml } from './reports/reconciliation-html.ts';
export { limitsOf, OUTCOME_WORDS } from './reports/reconciliation-words.ts';
export * from './errors.ts';
export { PROVIDER_CAPABILITIES } from '../contract/provider-capabilities.ts';
export type { Capabilities } from '../contract/capabilities.ts';
export type { MemberRequest, OnboardingRequest } from '../contract/request.ts';
export type { AccountChange, ChangeProgress, ChangesProgress, ChangesResult } from '../contract/change.ts';
export type { ErasureProgress, ErasureRequest, HistoriesRecord } from '../contract/erasure.ts';
export type { ErasureRecord, OffboardingProgress, OffboardingRequest } from '../contract/offboarding.ts';
export type { Decision, OnboardingResult, Progress } from '../contract/progress.ts';
export type {
  Finding,
  FindingKind,
  ReconcileInput,
  Reconciliation,
  ReconciliationProgress,
} from '../contract/reconciliation.ts';
export type { AccountDetail, ReadResult } from '../contract/reading.ts';
export type { AccountEvent } from '../contract/runs.ts';
