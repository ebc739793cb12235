import type { WorkflowClient } from '@temporalio/client';
import type { DefentrySandbox } from '../../sandbox/defentry/index.ts';
import type { AccountChange, ChangeInput } from '../../contract/change.ts';
import { changeRunId, offboardingId } from '../../contract/ids.ts';
import { CHANGE_ACCOUNT, OFFBOARD_CUSTOMER, changeProgress, resolve } from '../../contract/messages.ts';
import { eventually } from '../setup/eventually.ts';
import type { Canaries } from './canaries.ts';
import { QUICK_CHANGE } from './management.ts';
import { single } from './requests.ts';

/** What the changes and the end of an account are made of, by the id of the run that is given it. */
export interface Later {
  changes: string;
  offboarding: string;
}

/** Changes of an account and its end, with an operator who says why he decides, by a client without encryption. */
export async function changeAndEnd(
  { workflow, taskQueue, sandbox }: { workflow: WorkflowClient; taskQueue: string; sandbox: DefentrySandbox },
  canaries: Canaries,
  reference: string,
): Promise<Later> {
  const { person } = single(canaries, 'later');
  const { firstName, lastName, phone, email } = person;
  const wanted: AccountChange[] = [
    { kind: 'update-profile', profile: { firstName: firstName!, lastName, phone: phone! } },
    { kind: 'change-email', email: email! },
    { kind: 'add-watchlist-item', item: canaries.watchlists('later.watched')[0]! },
  ];
  const changes = wanted.map((change, index) => ({ changeId: `change-${index}`, change, ifBusy: 'wait' as const }));
  const account = { provider: 'defentry', reference } as const;
  const input: ChangeInput = { ...account, policy: QUICK_CHANGE, changes };
  const ids = { changes: changeRunId('defentry', reference), offboarding: offboardingId('defentry', reference) };
  const options = { taskQueue, workflowRunTimeout: '5m' } as const;

  sandbox.faults.add({ kind: 'schema-drift', route: 'GET /api/v1/account/:account_id', times: 1 });
  const run = await workflow.start(CHANGE_ACCOUNT, { ...options, workflowId: ids.changes, args: [input] });
  const step = await eventually(
    'a call for an operator',
    async () => (await run.query(changeProgress)).attention?.step,
  );
  const reason = canaries.reason('later', person);
  await run.executeUpdate(resolve, { args: [{ step, action: 'retry', by: 'operator', reason }] });
  await run.result();

  const accountId = canaries.plant('ended: account', 'kanarie-konto-08154712');
  const end = { ...account, accountId, keepFor: 'PT0S' };
  await workflow.execute(OFFBOARD_CUSTOMER, { ...options, workflowId: ids.offboarding, args: [end] });
  return ids;
}
