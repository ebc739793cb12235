import { randomUUID } from 'node:crypto';
import type { Capabilities } from '../../contract/capabilities.ts';
import { memberId, readingId } from '../../contract/ids.ts';
import {
  CHANGE_ACCOUNT,
  ERASE_CUSTOMER,
  OFFBOARD_CUSTOMER,
  ONBOARD_CUSTOMER,
  ONBOARD_MEMBER,
  READ_ACCOUNT,
  emailVerified,
  eraseNow,
  memberProgress,
  requestChange,
  resolve,
} from '../../contract/messages.ts';
import { changesOf, memberInvited, newEmail, person, type Changes } from '../workflows/change/changes.ts';
import { looked } from '../workflows/event/deliveries.ts';
import { erase } from '../workflows/erasure/erasures.ts';
import { offboard } from '../workflows/offboarding/offboardings.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually, type Onboarding, type Suite } from '../workflows/suite.ts';

/** One way through the workflows of an account that is there. */
export interface ManagementPath {
  name: string;
  capabilities?: Partial<Capabilities>;
  /** The workflows whose histories are recorded. */
  types: string[];
  /** Goes the way to its end and answers the id of a run of each type; of the newest, unless a run id follows behind a space. */
  drive: (suite: Suite) => Promise<string[]>;
}

const anna = { reference: 'anna', person };
const slow = { firstPoll: 'P5D', maxPoll: 'P5D' };
const full = { members: ['anna', 'bo'], watchlistItems: ['ada@example.com'], ssnMonitoring: true };

export const MANAGEMENT_PATHS: ManagementPath[] = [
  {
    name: 'change-done-refused-done',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.refusals['upgrade-plan'] = 'planId: this provider has no plans.';
      const changes = changesOf(suite);
      const held = suite.provider.hold('applyChange');
      await changes.ask({ kind: 'activate' });
      await held.entered;
      await changes.ask({ kind: 'upgrade-plan', planId: '2' });
      await changes.ask({ kind: 'ssn-monitoring-off' });
      held.release();
      return [changes.id];
    },
  },
  {
    name: 'email-changed',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const changes = changesOf(suite);
      await changes.ask(newEmail);
      await changes.until(({ wait }) => wait !== undefined);
      await changes.handle.signal(emailVerified, { eventId: 'forged' });
      suite.provider.account.emailVerified = true;
      await changes.handle.signal(emailVerified, { eventId: 'clicked' });
      return [changes.id];
    },
  },
  {
    name: 'email-change-expired',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      const changes = changesOf(suite, { policy: { emailChanged: slow } });
      await changes.ask(newEmail);
      return [changes.id];
    },
  },
  {
    name: 'email-change-cancelled-and-active-again',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const changes = changesOf(suite);
      await changes.ask(newEmail);
      await changes.until(({ wait }) => wait !== undefined);
      await changes.handle.cancel();
      return [changes.id];
    },
  },
  {
    name: 'change-attention-then-cancelled',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.fail('applyChange', permanent('ContractViolation'));
      const changes = changesOf(suite);
      await changes.ask(newEmail);
      await changes.until(({ attention }) => attention !== undefined);
      await changes.ask({ kind: 'activate' });
      await changes.handle.cancel();
      return [changes.id];
    },
  },
  {
    name: 'member-added-and-removed',
    types: [CHANGE_ACCOUNT, ONBOARD_MEMBER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const changes = changesOf(suite);
      await changes.ask({ kind: 'add-member', member: anna });
      const member = memberId('defentry', changes.reference, 'anna');
      await eventually(
        () => suite.temporal.client.workflow.getHandle(member).query(memberProgress),
        ({ wait }) => wait !== undefined,
      );
      await changes.ask({ kind: 'invite-member', member: anna });
      await changes.ask({ kind: 'remove-member', member: anna });
      return [changes.id, member];
    },
  },
  {
    name: 'member-taken-back-with-change',
    types: [CHANGE_ACCOUNT, ONBOARD_MEMBER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.failForever('inviteMember', permanent('Invalid'));
      const changes = changesOf(suite);
      await changes.ask({ kind: 'add-member', member: anna });
      const member = memberId('defentry', changes.reference, 'anna');
      await eventually(
        () => suite.temporal.client.workflow.getHandle(member).query(memberProgress),
        ({ attention }) => attention?.step === 'inviteMember',
      );
      await changes.handle.cancel();
      return [changes.id, member];
    },
  },
  {
    name: 'member-left-by-cancelled-change',
    types: [CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const changes = changesOf(suite);
      await changes.ask({ kind: 'add-member', member: anna });
      await changes.ask(newEmail);
      await changes.until(({ wait }) => wait?.for === 'emailChanged');
      await changes.handle.cancel();
      return [changes.id];
    },
  },
  {
    name: 'changed-during-onboarding',
    types: [ONBOARD_CUSTOMER, CHANGE_ACCOUNT],
    drive: async (suite) => {
      const { run, changes } = await changingDuringOnboarding(suite);
      await run.handle.executeUpdate(requestChange, {
        args: [{ changeId: 'plan', change: { kind: 'upgrade-plan', planId: '2' }, ifBusy: 'wait' }],
      });
      suite.provider.account.emailVerified = true;
      suite.provider.verified = true;
      await run.handle.signal(emailVerified, { eventId: 'clicked' });
      return [run.id, changes.id];
    },
  },
  {
    name: 'cancelled-with-change',
    types: [ONBOARD_CUSTOMER, CHANGE_ACCOUNT],
    drive: async (suite) => {
      const { run, changes } = await changingDuringOnboarding(suite);
      await run.handle.cancel();
      return [run.id, changes.id];
    },
  },
  {
    name: 'offboarded',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      Object.assign(suite.provider.account, full);
      return [(await offboard(suite)).id];
    },
  },
  {
    name: 'offboarded-until-begun-anew',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      Object.assign(suite.provider.account, full);
      const { id, handle } = await offboard(suite);
      return [`${id} ${handle.firstExecutionRunId}`];
    },
  },
  {
    name: 'offboarded-as-far-as-possible',
    capabilities: { removeMember: false, deactivate: false, remove: false },
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      Object.assign(suite.provider.account, { ...full, watchlistItems: undefined });
      return [(await offboard(suite)).id];
    },
  },
  {
    name: 'offboarded-with-member-run',
    capabilities: { remove: false },
    types: [OFFBOARD_CUSTOMER, ONBOARD_MEMBER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const { reference, member } = await memberInvited(suite);
      suite.provider.account.members = [];
      return [(await offboard(suite, { reference })).id, member.workflowId];
    },
  },
  {
    name: 'offboarded-beside-a-change',
    types: [OFFBOARD_CUSTOMER, CHANGE_ACCOUNT],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const changes = changesOf(suite);
      await changes.ask(newEmail);
      await changes.until(({ wait }) => wait !== undefined);
      const run = await offboard(suite, { reference: changes.reference, keepFor: 'PT0S' });
      await looked(run.handle, 1);
      await changes.handle.cancel();
      return [run.id, changes.id];
    },
  },
  {
    name: 'nothing-to-offboard',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.provider.account.exists = false;
      return [(await offboard(suite)).id];
    },
  },
  {
    name: 'offboarding-brought-back',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const run = await offboard(suite);
      await run.until(({ wait }) => wait !== undefined);
      await run.handle.cancel();
      return [run.id];
    },
  },
  {
    name: 'offboarding-skipped-then-aborted',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      Object.assign(suite.provider.account, full);
      suite.provider.failForever('deactivateAccount', permanent('Forbidden'));
      suite.provider.failForever('removeMember', permanent('Conflict'));
      const run = await offboard(suite, { keepFor: 'PT0S' });
      for (const [step, action] of [
        ['deactivateAccount', 'skip'],
        ['removeMembers', 'abort'],
      ] as const) {
        await run.until(({ attention }) => attention?.step === step);
        await run.handle.executeUpdate(resolve, { args: [{ step, action }] });
      }
      return [run.id];
    },
  },
  {
    name: 'erased-after-a-while',
    types: [ERASE_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.verified = true;
      const onboarding = await suite.start();
      await onboarding.result();
      const run = await erase(suite, { reference: onboarding.reference, eraseAfter: 'PT1S' });
      await run.result();
      return [run.id];
    },
  },
  {
    name: 'erasure-of-an-open-run',
    types: [ERASE_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const onboarding = await suite.start();
      await onboarding.until(({ wait }) => wait !== undefined);
      suite.temporal.startClock = 'skip';
      const run = await erase(suite, { reference: onboarding.reference, eraseAfter: 'PT0S' });
      await run.result();
      await onboarding.handle.cancel();
      return [run.id];
    },
  },
  {
    name: 'erasure-cancelled',
    types: [ERASE_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const run = await erase(suite);
      await run.until(({ wait }) => wait !== undefined);
      await run.handle.cancel();
      return [run.id];
    },
  },
  {
    name: 'erasure-hastened',
    types: [ERASE_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const run = await erase(suite);
      await run.until(({ wait }) => wait !== undefined);
      await run.handle.signal(eraseNow, { by: 'night shift' });
      await run.result();
      return [run.id];
    },
  },
  {
    name: 'account-read',
    types: [READ_ACCOUNT],
    drive: async ({ temporal }) => {
      const workflowId = readingId('defentry', `c-${randomUUID()}`, 'look');
      const [, provider, reference] = workflowId.split('.');
      const input = { provider, reference, what: 'account', within: 'PT1M' };
      const { taskQueue, client } = temporal;
      await client.workflow.execute(READ_ACCOUNT, { workflowId, taskQueue, args: [input] });
      return [workflowId];
    },
  },
];

async function changingDuringOnboarding(suite: Suite): Promise<{ run: Onboarding; changes: Changes }> {
  suite.temporal.startClock = 'real';
  const run = await suite.start();
  await run.until((story) => story.wait?.for === 'emailVerified');
  const changes = changesOf(suite, { reference: run.reference });
  await run.handle.executeUpdate(requestChange, {
    args: [{ changeId: 'address', change: newEmail, ifBusy: 'refuse' }],
  });
  await changes.until(({ wait }) => wait !== undefined);
  return { run, changes };
}
