import { onboardingId, parseOnboardingId } from '../../contract/ids.ts';
import type { RunActivities } from '../../contract/runs.ts';
import { listed, quoted } from './list.ts';
import type { Runs } from './runs.ts';

const PAGE_SIZE = 500;

export function listMemberRuns(runs: Runs): RunActivities['listMemberRuns'] {
  return async ({ provider, reference }) => {
    const prefix = quoted(`${onboardingId(provider, reference)}.member.`);
    const query = `WorkflowId STARTS_WITH ${prefix} AND ExecutionStatus = 'Running'`;
    const members: string[] = [];
    let token: Uint8Array | undefined;
    do {
      const page = await listed(runs, query, { pageSize: PAGE_SIZE, ...(token && { token }) });
      members.push(
        ...page.found.flatMap(({ execution }) => parseOnboardingId(execution?.workflowId ?? '')?.member ?? []),
      );
      token = page.token;
    } while (token.length > 0);
    return { members };
  };
}
