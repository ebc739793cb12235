/** The workflows a worker hosts. */
export { onboardCustomer } from './onboarding.ts';
export { onboardMember } from './member-onboarding.ts';
export { deliverEvent } from './event-delivery.ts';
export { changeAccount } from './account-change.ts';
export { offboardCustomer } from './offboarding.ts';
export { reconcile } from './reconciliation.ts';
export { readAccount } from './reading.ts';
