import type { WorkerDeploymentOptions } from '@temporalio/worker';
import { StartRefused } from './errors.ts';

interface Settings {
  ONBOARDING_DEPLOYMENT_NAME?: string | undefined;
  ONBOARDING_BUILD_ID?: string | undefined;
  ONBOARDING_VERSIONING?: 'auto-upgrade' | 'pinned' | undefined;
}

/**
 * The version under which the workflows are hosted, `undefined` for none. A name without a build id, or the other way round, is refused: such
 * a worker would take the runs of every version.
 */
export function deploymentOf(settings: Settings): WorkerDeploymentOptions | undefined {
  const { ONBOARDING_DEPLOYMENT_NAME: deploymentName, ONBOARDING_BUILD_ID: buildId, ONBOARDING_VERSIONING } = settings;
  if (deploymentName === undefined && buildId === undefined && ONBOARDING_VERSIONING === undefined) return undefined;
  if (deploymentName === undefined || buildId === undefined) {
    throw new StartRefused(
      'ConfigInvalid',
      'ONBOARDING_DEPLOYMENT_NAME and ONBOARDING_BUILD_ID must be set both, or neither, and then ONBOARDING_VERSIONING must be left out, too.',
    );
  }
  return {
    version: { deploymentName, buildId },
    useWorkerVersioning: true,
    defaultVersioningBehavior: ONBOARDING_VERSIONING === 'pinned' ? 'PINNED' : 'AUTO_UPGRADE',
  };
}
