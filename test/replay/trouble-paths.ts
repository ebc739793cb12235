import { ONBOARD_CUSTOMER, addMember, emailVerified, memberAccepted, removeMember } from '../../contract/messages.ts';
import { holdMembersStart } from '../workflows/onboarding/held-members.ts';
import { permanent, transient } from '../workflows/scripted-provider.ts';
import type { ManagementPath } from './management-paths.ts';

const anna = { reference: 'anna', person: { firstName: 'Anna', lastName: 'Test', email: 'anna@example.com' } };

/** Ways through an onboarding on which something comes at an awkward moment. */
export const TROUBLE_PATHS: ManagementPath[] = [
  {
    name: 'lost-creation-taken-back',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.provider.fail('createAccount', transient('UnknownOutcome'), permanent('EmailTaken'));
      return [(await suite.start()).id];
    },
  },
  {
    name: 'created-after-a-minute',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.provider.verified = true;
      suite.provider.fail('createAccount', transient('Throttled', 120_000));
      return [(await suite.start()).id];
    },
  },
  {
    name: 'begun-anew-beside-its-member',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      const first = await suite.start({ kind: 'family', members: [anna] });
      await first.untilMember('anna', (story) => story.wait !== undefined);
      await first.handle.terminate();
      suite.provider.verified = true;
      const run = await suite.start({ kind: 'family', members: [anna], reference: first.reference });
      await run.until(({ members }) => members[0]?.status === 'open');
      suite.provider.accepted.add('anna');
      await run.handle.signal(memberAccepted, { eventId: 'accepted', member: 'anna' });
      return [run.id];
    },
  },
  {
    name: 'member-added-while-others-start',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.verified = true;
      suite.provider.accepted.add('anna').add('bo');
      const held = holdMembersStart(suite);
      const run = await suite.start({ kind: 'family', members: [anna] });
      await held.entered;
      const added = run.handle.executeUpdate(addMember, { args: [{ ...anna, reference: 'bo' }] });
      await held.release();
      await added;
      return [run.id];
    },
  },
  {
    name: 'member-removed-though-its-run-failed',
    types: [ONBOARD_CUSTOMER],
    drive: async (suite) => {
      suite.temporal.startClock = 'real';
      suite.provider.fail('removeMember', permanent('Forbidden'));
      const run = await suite.start({ kind: 'family', members: [anna] });
      await run.untilMember('anna', (story) => story.wait !== undefined);
      await run.handle.executeUpdate(removeMember, { args: [{ member: 'anna' }] });
      suite.provider.verified = true;
      await run.handle.signal(emailVerified, { eventId: 'clicked' });
      return [run.id];
    },
  },
];
