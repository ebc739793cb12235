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

/**
 * Vitest's own order knows the durations of earlier runs, which a fresh clone has none of. Files that have a process of their own come before all:
 * whenever one of them has its turn, a process that many files share ends, and the next file loads all modules again.
 */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const isLong = ({ moduleId }) => LONGEST.some((name) => moduleId.includes(`/test/${name}.`));
    const rank = (file) => (file.project.config.isolate ? 0 : isLong(file) ? 1 : 2);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
