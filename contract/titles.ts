import type { ChangeStepName } from './change.ts';
import type { ErasureStepName } from './erasure.ts';
import type { OffboardingStepName } from './offboarding.ts';
import type { MemberStepName, StepName } from './progress.ts';

/** Steps as a person reads them, in the terminal and in the Temporal UI. Commands and `--json` use their names. */
export const STEP_TITLES: Record<
  StepName | MemberStepName | ChangeStepName | OffboardingStepName | ErasureStepName,
  string
> = {
  checkRequest: 'Check the request',
  checkUniqueness: 'Check that the customer is new',
  createAccount: 'Create the account',
  startMembers: 'Add and invite members',
  verifyEmail: 'E-mail verified',
  identify: 'Identified with eID',
  enableSsnMonitoring: 'SSN monitoring on',
  enrolWatchlists: 'Watchlists enrolled',
  sendPasswordReset: 'Password mail sent',
  members: 'Members accepted',
  addMember: 'Add the member',
  inviteMember: 'Invite the member',
  memberAccepted: 'Invitation accepted',
  findAccount: 'Find the account',
  checkChange: 'Check the change',
  applyChange: 'Make the change',
  proveChange: 'Change proven',
  removeMembers: 'Members removed',
  removeWatchlistItems: 'Watchlist items removed',
  disableSsnMonitoring: 'SSN monitoring off',
  deactivateAccount: 'Account deactivated',
  keepAccount: 'Kept for the stated time',
  removeAccount: 'Account removed',
  proveRemoval: 'Removal proven',
  keepHistories: 'Histories kept for the stated time',
  eraseHistories: 'Histories deleted from Temporal',
};
