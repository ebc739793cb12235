/** The workflows a worker hosts. */
export { onboardCustomer } from './onboarding/workflow.ts';
export { onboardMember } from './member/workflow.ts';
export { deliverEvent } from './event/workflow.ts';
export { changeAccount } from './change/workflow.ts';
export { offboardCustomer } from './offboarding/workflow.ts';
export { eraseCustomer } from './erasure/workflow.ts';
export { reconcile } from './reconciliation/workflow.ts';
export { readAccount } from './reading/workflow.ts';
