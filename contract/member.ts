import type { Evidence } from './capabilities.ts';
import type { Policy } from './policy.ts';
import type { MemberRequest, ProviderName } from './request.ts';

/** What a member's child gets from the customer's run. */
export interface MemberInput {
  provider: ProviderName;
  ownerReference: string;
  accountId: string;
  member: MemberRequest;
  policy: Pick<Policy, 'memberAccepted' | 'attention' | 'undoWithin'>;
  evidence: Evidence;
  canRemove: boolean;
  /** The run that hears how the member fares; by default the customer's onboarding. */
  reportTo?: string;
  /** Event ids of acceptances reported before this child was there. */
  acceptances: string[];
}
