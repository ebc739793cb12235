import Sequencer from '@jest/test-sequencer';

/** What takes a minute or more. Begun last, one of them would run alone while the other cores have nothing left to do. */
const LONGEST = [
  'e2e/chaos',
  'e2e/journeys',
  'providers/contract',
  'workflow/management-trouble',
  'leak/leak',
  'cost/heap',
  'workflow/change-during-onboarding',
  'tools/start',
];

/** Jest's own order knows the durations of earlier runs, which a fresh clone has none of. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (LONGEST.some((name) => path.endsWith(`/test/${name}.test.ts`)) ? 0 : 1);
    return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
  }
}
