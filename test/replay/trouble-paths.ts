import { ONBOARD_CUSTOMER } from '../../workflows/messages.ts';
import { permanent, transient } from '../workflow/scripted-provider.ts';
import type { ManagementPath } from './management-paths.ts';

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
];
