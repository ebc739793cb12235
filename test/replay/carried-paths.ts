import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import * as messages from '../../contract/messages.ts';
import { changesOf, newEmail } from '../workflows/change/changes.ts';
import { erase } from '../workflows/erasure/erasures.ts';
import { offboard } from '../workflows/offboarding/offboardings.ts';
import type { Suite } from '../workflows/suite.ts';

/** A workflow that continues as new: how one comes to wait, and how it goes on from there to its end. */
export interface CarriedPath {
  type: string;
  query: string;
  /** Begins the run whose carried state is recorded. */
  begin: (suite: Suite) => Promise<WorkflowHandle>;
  /** Makes history, so that the run continues as new while it waits. */
  nudge: (handle: WorkflowHandle, eventId: string) => Promise<void>;
  /** What it waited for has happened. */
  drive: (suite: Suite, handle: WorkflowHandle) => Promise<void>;
  ended: object;
  /** A field that the code cannot do without. */
  needs: string;
}

const person = { firstName: 'Ada', lastName: 'Test', email: 'ada@example.com' };
const anna = { reference: 'anna', person: { ...person, email: 'anna@example.com' } };
const forged = (handle: WorkflowHandle, eventId: string) => handle.signal(messages.emailVerified, { eventId });

export const CARRIED_PATHS: CarriedPath[] = [
  {
    type: messages.ONBOARD_CUSTOMER,
    query: 'progress',
    begin: async (suite) => (await suite.start({ kind: 'family', members: [anna] })).handle,
    nudge: forged,
    drive: async (suite, handle) => {
      suite.provider.verified = true;
      await forged(handle, 'clicked');
      await handle.signal(messages.memberChanged, { reference: 'anna', status: 'accepted' });
    },
    ended: { outcome: 'completed', members: [{ reference: 'anna', status: 'accepted' }] },
    needs: 'steps',
  },
  {
    type: messages.ONBOARD_MEMBER,
    query: 'memberProgress',
    begin: async (suite) => {
      const run = await suite.start({ kind: 'family', members: [anna] });
      await run.untilMember('anna', ({ wait }) => wait !== undefined);
      return run.member('anna');
    },
    nudge: (handle, eventId) => handle.signal(messages.acceptanceReported, { eventId }),
    drive: async (suite, handle) => {
      suite.provider.accepted.add('anna');
      await handle.signal(messages.acceptanceReported, { eventId: 'accepted' });
    },
    ended: { reference: 'anna', status: 'accepted' },
    needs: 'steps',
  },
  {
    type: messages.CHANGE_ACCOUNT,
    query: 'changeProgress',
    begin: async (suite) => {
      const changes = changesOf(suite);
      await changes.ask({ kind: 'activate' }, { changeId: 'first' });
      await changes.ask(newEmail, { changeId: 'second' });
      await changes.ask({ kind: 'upgrade-plan', planId: '2' }, { changeId: 'third' });
      return changes.handle;
    },
    nudge: forged,
    drive: async (suite, handle) => {
      Object.assign(suite.provider.account, { email: 'new@example.com', emailVerified: true });
      await forged(handle, 'clicked');
    },
    ended: { changes: [{ status: 'done' }, { status: 'done' }, { status: 'done' }] },
    needs: 'changes',
  },
  {
    type: messages.OFFBOARD_CUSTOMER,
    query: 'offboardingProgress',
    begin: async (suite) => {
      Object.assign(suite.provider.account, { members: ['anna'], watchlistItems: ['ada@example.com'] });
      return (await offboard(suite)).handle;
    },
    // It takes no such signal, which is history all the same.
    nudge: forged,
    drive: async ({ temporal }, handle) => temporal.skipToEnd(handle.workflowId),
    ended: { outcome: 'removed' },
    needs: 'steps',
  },
  {
    type: messages.ERASE_CUSTOMER,
    query: 'erasureProgress',
    begin: async (suite) => (await erase(suite)).handle,
    nudge: forged,
    drive: async ({ temporal }, handle) => temporal.skipToEnd(handle.workflowId),
    ended: { outcome: 'erased' },
    needs: 'steps',
  },
  {
    type: messages.RECONCILE,
    query: 'reconciliationProgress',
    begin: ({ temporal: { client, taskQueue } }) =>
      client.workflow.start(messages.RECONCILE, {
        workflowId: `reconciliation.defentry.${randomUUID()}`,
        taskQueue,
        args: [{ provider: 'defentry', policy: { pause: 'PT20S' } }],
      }),
    nudge: async () => {},
    drive: async ({ temporal }, handle) => temporal.skipToEnd(handle.workflowId),
    ended: { outcome: 'agreed' },
    needs: 'policy',
  },
];
