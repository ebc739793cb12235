import { randomUUID } from 'node:crypto';
import type { ChangeInput } from '../../contract/change.ts';
import { changeRunId, memberId } from '../../contract/ids.ts';
import * as messages from '../../contract/messages.ts';
import { offboard } from '../workflows/offboarding/offboardings.ts';
import { permanent } from '../workflows/scripted-provider.ts';
import { eventually, type Onboarding, type Suite } from '../workflows/suite.ts';
import type { ManagementPath } from './management-paths.ts';

const { CHANGE_ACCOUNT, OFFBOARD_CUSTOMER, ONBOARD_CUSTOMER, ONBOARD_MEMBER } = messages;

const anna = { reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' } };
const identification = { scheme: 'BANKID', returnUrl: 'https://bank.example/back' } as const;

/** What the other paths do not come to: messages of people, and timers and calls that are rare. */
export const MESSAGE_PATHS: ManagementPath[] = [
  {
    name: 'told-by-people',
    capabilities: { passwordReset: true },
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.fail('createAccount', permanent('Invalid'));
      const watchlists = [{ kind: 'email', value: 'ada@example.com' }] as const;
      const run = await suite.start({ identification, watchlists: [...watchlists], policy: { resendEvery: 'PT0S' } });
      await run.until(({ attention }) => attention !== undefined);
      await corrected(run.handle, 'createAccount');
      await run.until(({ wait }) => wait?.for === 'emailVerified');
      await run.handle.executeUpdate(messages.resendVerification);
      await run.handle.signal(messages.lookAgain, { eventId: 'something-changed' });
      for (const code of ['wrong', 'right'])
        await run.handle.executeUpdate(messages.confirmEmail, { args: [{ code }] });
      await run.handle.signal(messages.lookAgain, { eventId: 'confirmed' });
      await run.until(({ wait }) => wait?.for === 'identification');
      await run.handle.executeUpdate(messages.renewEidLink);
      suite.provider.eid = 'completed';
      await run.handle.signal(messages.eidCompleted, { eventId: 'done' });
      return [run.id];
    },
  },
  {
    name: 'member-corrected-then-cancelled',
    types: [ONBOARD_CUSTOMER, ONBOARD_MEMBER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.fail('addMember', permanent('Invalid'));
      const run = await suite.start({ kind: 'family', members: [anna] });
      await run.untilMember('anna', ({ attention }) => attention !== undefined);
      await corrected(run.member('anna'), 'addMember');
      await run.untilMember('anna', ({ wait }) => wait !== undefined);
      await run.handle.signal(messages.cancelAsked, { by: 'ops', reason: 'asked for' });
      await run.handle.cancel();
      return withMember(run);
    },
  },
  {
    name: 'member-reminded',
    types: [ONBOARD_CUSTOMER, ONBOARD_MEMBER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.verified = true;
      const policy = { memberAccepted: { reminders: ['PT1S'] } };
      const run = await suite.start({ kind: 'family', members: [anna], policy });
      await eventually(
        async () => suite.provider.effects,
        (effects) => effects.includes('inviteMember anna again'),
      );
      await accept(suite, run);
      return withMember(run);
    },
  },
  {
    name: 'member-joined',
    types: [ONBOARD_CUSTOMER, ONBOARD_MEMBER],
    drive: (suite) => begunAnew(suite, () => undefined),
  },
  {
    name: 'member-ended-while-told',
    types: [ONBOARD_CUSTOMER, ONBOARD_MEMBER],
    drive: (suite) => begunAnew(suite, (member) => endWhileTold(suite, member)),
  },
  {
    name: 'cancelled-with-monitoring',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.verified = true;
      suite.provider.failForever('enrolWatchlist', permanent('Invalid'));
      const run = await suite.start({
        person: { ...anna.person, ssn: '19900101-1234' },
        ssnMonitoring: true,
        watchlists: [{ kind: 'email', value: 'anna@example.com' }],
        policy: { atAbort: 'deactivate' },
      });
      await run.until(({ attention }) => attention?.step === 'enrolWatchlists');
      await run.handle.cancel();
      return [run.id];
    },
  },
  {
    name: 'nothing-reported-until-the-deadline',
    capabilities: { emailVerified: 'signal' },
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => [(await suite.start()).id],
  },
  {
    name: 'no-change-came',
    types: [CHANGE_ACCOUNT],
    drive: async ({ temporal: { client, taskQueue } }) => {
      const input: ChangeInput = { provider: 'defentry', reference: `c-${randomUUID()}` };
      const workflowId = changeRunId(input.provider, input.reference);
      await client.workflow.start(CHANGE_ACCOUNT, { workflowId, taskQueue, args: [input] });
      return [workflowId];
    },
  },
  {
    name: 'offboarded-and-still-there',
    types: [OFFBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.provider.account.stuck = true;
      const { id, handle } = await offboard(suite);
      return [`${id} ${handle.firstExecutionRunId}`];
    },
  },
];

async function corrected(handle: Onboarding['handle'], step: string): Promise<void> {
  await handle.executeUpdate(messages.correct, { args: [{ path: 'person.email', value: 'right@example.com' }] });
  await handle.executeUpdate(messages.resolve, { args: [{ step, action: 'retry' }] });
}

async function accept({ provider }: Suite, run: Onboarding): Promise<void> {
  provider.accepted.add('anna');
  await run.handle.signal(messages.memberAccepted, { eventId: 'accepted', member: 'anna' });
}

function withMember({ id, reference }: Onboarding): string[] {
  return [id, memberId('defentry', reference, 'anna')];
}

/** A second run of a customer, whose member's run is open still when it begins. */
async function begunAnew(suite: Suite, prepare: (member: Onboarding['handle']) => void): Promise<string[]> {
  suite.temporal.startClock = 'real';
  const first = await suite.start({ kind: 'family', members: [anna] });
  await first.untilMember('anna', ({ wait }) => wait !== undefined);
  await first.handle.terminate();
  prepare(first.member('anna'));
  suite.provider.verified = true;
  const run = await suite.start({ kind: 'family', members: [anna], reference: first.reference });
  await run.untilMember('anna', ({ wait }) => wait !== undefined);
  await run.until(({ members }) => members[0]?.status === 'open');
  await accept(suite, run);
  return withMember(run);
}

/** The member's run ends after it was found to be there, and before it can be told that it is awaited. */
function endWhileTold({ temporal }: Suite, member: Onboarding['handle']): void {
  const codec = temporal.client.options.loadedDataConverter.payloadCodecs[0]!;
  const encode = codec.encode.bind(codec);
  codec.encode = async (payloads, context) => {
    if (
      payloads.some(({ data }) =>
        Buffer.from(data ?? [])
          .toString()
          .startsWith('{"sealedAs":"signal memberAwaited"'),
      )
    ) {
      codec.encode = encode;
      await member.terminate();
    }
    return encode(payloads, context);
  };
}
