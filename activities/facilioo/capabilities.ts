import type { Capabilities } from '../../contract/capabilities.ts';
import { PROVIDER_CAPABILITIES } from '../../contract/provider-capabilities.ts';
import type { OnboardingRequest } from '../../contract/request.ts';
import type { FaciliooConfig } from './config.ts';

/** What this deployment can do. */
export function capabilitiesWith({ patch }: Pick<FaciliooConfig, 'patch'>): Capabilities {
  const all = PROVIDER_CAPABILITIES.facilioo;
  return patch === 'off' ? { ...all, changes: [] } : all;
}

/** A signal is awaited only where it was asked for: by default nobody would send one. */
export function capabilitiesFor({ awaitEmailVerified }: OnboardingRequest, deployed: Capabilities): Capabilities {
  return awaitEmailVerified ? deployed : { ...deployed, emailVerified: 'none' };
}
