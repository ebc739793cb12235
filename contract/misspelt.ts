import leven from 'leven';
import { ALL_SETTINGS } from './settings.ts';

/** More slips in one name than this make it another name: a neighbour's variable, such as Kubernetes sets for its services. */
const SLIPS = 2;

/** One sentence for each variable that is set and nearly a setting of ours; never with its value. */
export function misspeltSettings(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => env[name] !== undefined && name.includes('_') && !(name in ALL_SETTINGS))
    .flatMap((name) => {
      const meant = Object.keys(ALL_SETTINGS).find((known) => leven(name, known, { maxDistance: SLIPS + 1 }) <= SLIPS);
      return meant === undefined ? [] : [`${name} is set, and no setting has that name: did you mean ${meant}?`];
    });
}
