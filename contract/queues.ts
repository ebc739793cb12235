/** Workflow tasks of all providers, unless the deployment names another queue. */
export const WORKFLOW_QUEUE = 'onboarding';

/** Activity tasks of one provider: a slow or failing vendor delays nobody else, and one rate limit covers the queue. */
export function activityQueue(workflowQueue: string, provider: string): string {
  return `${workflowQueue}-${provider}`;
}

/** The name that stands for a provider where activities ask Temporal itself. */
export const RUNS = 'runs';
