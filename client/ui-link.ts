/** Addresses in the Temporal UI: the run's time line, and the tab with the checklist of its steps. */
export interface UiLinks {
  timeline: string;
  checklist: string;
}

/** `base` is where the UI is, for example `http://localhost:8233`. */
export function uiLinks(
  base: string,
  namespace: string,
  { workflowId, runId }: { workflowId: string; runId: string },
): UiLinks {
  const run = `${base.replace(/\/$/, '')}/namespaces/${encodeURIComponent(namespace)}/workflows/${workflowId}/${runId}`;
  return { timeline: `${run}/timeline`, checklist: `${run}/user-metadata` };
}
