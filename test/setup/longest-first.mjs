import { BaseSequencer } from 'vitest/node';

/** What takes half a minute or more. Begun last, one of them would run alone while the other cores have nothing left to do. */
const LONGEST = [
  'workflows/engine/silence',
  'end-to-end/chaos',
  'end-to-end/journeys',
  'end-to-end/kill',
  'activities/contract',
  'client/changes',
  'client/events',
  'client/reconcile',
  'leak/leak',
  'cost/heap',
  'workflows/event/event-delivery',
  'workflows/offboarding/offboarding',
  'workflows/onboarding/change-during-onboarding',
  'workflows/onboarding/members',
  'workflows/engine/management-trouble',
  'tools/start',
];

/** Vitest's own order knows the durations of earlier runs, which a fresh clone has none of. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => (LONGEST.some((name) => moduleId.includes(`/test/${name}.`)) ? 0 : 1);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
