import { BaseSequencer } from 'vitest/node';

/** What takes half a minute or more. Begun last, one of them would run alone while the other cores have nothing left to do. */
const LONGEST = [
  'end-to-end/chaos',
  'end-to-end/journeys',
  'activities/contract',
  'workflows/engine/management-trouble',
  'leak/leak',
  'cost/heap',
  'workflows/onboarding/change-during-onboarding',
  'tools/start',
];

/** Vitest's own order knows the durations of earlier runs, which a fresh clone has none of. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => (LONGEST.some((name) => moduleId.includes(`/test/${name}.`)) ? 0 : 1);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
