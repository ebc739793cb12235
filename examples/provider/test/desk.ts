import { readSkeletonConfig } from '../activities/config.ts';
import { createSkeleton, type SkeletonActivities } from '../activities/provider.ts';
import { createSkeletonSandbox, type SkeletonSandbox } from '../sandbox/index.ts';
import { PROVIDERS, type OnboardingRequest } from '../../../contract/request.ts';

/** The provider's steps against a sandbox of their own. */
export interface Desk {
  sandbox: SkeletonSandbox;
  steps: SkeletonActivities;
}

export const ENV = {
  SKELETON_BASE_URL: 'https://api.example.com',
  SKELETON_CLIENT_ID: 'sandbox-client',
  SKELETON_CLIENT_SECRET: 'sandbox-client-secret',
};

const open: SkeletonSandbox[] = [];

export async function openDesk(): Promise<Desk> {
  const sandbox = createSkeletonSandbox();
  open.push(sandbox);
  const config = readSkeletonConfig({ ...ENV, SKELETON_BASE_URL: await sandbox.listen() });
  return { sandbox, steps: createSkeleton(config).activities };
}

export async function closeDesks(): Promise<void> {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.close()));
}

export const REQUEST: OnboardingRequest = {
  // No step looks at it.
  provider: PROVIDERS[0],
  reference: 'ref-1',
  kind: 'single',
  person: { firstName: 'Maja', lastName: 'Lindqvist', email: 'maja@example.com' },
};
