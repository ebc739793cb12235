import { Worker } from '@temporalio/worker';
import { recordedHistories, replayConverter, type Recorded } from './histories.ts';
import { namesIn, type Names } from './names.ts';

/** An edit of the workflows that breaks runs begun before it, made in the bundle. */
export interface Edit {
  name: string;
  /** Paths whose histories are replayed; each type of each. */
  paths: string[];
  change: [from: string | RegExp, to: string];
}

/** A telling sample: what histories of fewer paths would let pass. */
export const EDITS: Edit[] = [
  {
    name: 'the activity sendPasswordReset has another name',
    paths: ['told-by-people'],
    change: [/\)\.sendPasswordReset\(/, ').mailPasswordReset('],
  },
  {
    name: 'watchlists and password reset have changed places',
    paths: ['told-by-people'],
    change: [/(await .*\.enrolWatchlists\)\(run\);)(\s+)(await .*\.sendPasswordReset\)\(run\);)/, '$3$2$1'],
  },
  {
    name: 'the update confirmEmail has another name',
    paths: ['told-by-people'],
    change: ["defineUpdate)('confirmEmail')", "defineUpdate)('confirmByCode')"],
  },
  {
    name: 'memberCorrected is not told any more',
    paths: ['member-corrected-then-cancelled'],
    change: [/await \S+\.tell\)\(run, \S+\.memberCorrected, \{[^}]*\}\);/, ''],
  },
  {
    name: 'a reminder of a member makes one call more',
    paths: ['member-reminded'],
    change: [/(async function remind\(run\) \{)/, "$1 await run.provider.act('Look first').readHoldings({});"],
  },
  {
    name: 'undo leaves SSN monitoring on',
    paths: ['cancelled-with-monitoring'],
    change: [/await attempt\('enableSsnMonitoring', [\s\S]*?\n {8}\}\);/, ''],
  },
  {
    name: 'nobody waits for a last report at the deadline',
    paths: ['nothing-reported-until-the-deadline'],
    change: [/await .*condition\)\(interrupted, timeout, \{\s+summary: 'last report at the deadline'\s+\}\);/, ''],
  },
  {
    name: 'a run that has ended meanwhile is started anew without a pause',
    paths: ['member-ended-while-told'],
    change: ['if (tries > 0) await', 'if (tries > 100) await'],
  },
];

export function edited(bundle: string, [from, to]: Edit['change']): string {
  const code = bundle.replace(from, to);
  if (code === bundle) throw new Error(`${String(from)} is not in the bundle: follow the code.`);
  return code;
}

/** Names of those that do not replay with this bundle. */
export async function notReplaying(code: string, histories: readonly Recorded[]): Promise<string[]> {
  const options = { workflowBundle: { code }, dataConverter: replayConverter };
  const names: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (error) names.push(histories.find((each) => each.workflowId === workflowId)!.name);
  }
  return names;
}

export function ofPaths(paths: readonly string[]): Recorded[] {
  return recordedHistories().filter(({ name }) => paths.some((path) => name.startsWith(`${path}.`)));
}

/** How each kind of name stands in the bundle where it is registered, or called. */
const PLACES: Partial<Record<keyof Names, (name: string) => RegExp>> = {
  type: (name) => new RegExp(String.raw`(?<=\*/ {3})${name}(?=: \(\) =>)`, 'g'),
  child: (name) => new RegExp(String.raw`(?<=const [A-Z_]+ = ')${name}(?=';)`, 'g'),
  activity: (name) =>
    new RegExp(String.raw`(?<=\)\s*\.)${name}(?=\()|(?<=const \{ )${name}(?= \} = \(0,\w+\.proxyActivities)`, 'g'),
  signal: (name) => new RegExp(String.raw`(?<=defineSignal\)\(')${name}(?=')`, 'g'),
  update: (name) => new RegExp(String.raw`(?<=defineUpdate\)\(')${name}(?=')`, 'g'),
  query: (name) => new RegExp(String.raw`(?<=defineQuery\)\(')${name}(?=')`, 'g'),
};

/** Each name that workflows register or call, with the bundle in which it is another. */
export function renamings(bundle: string): { kind: keyof Names; name: string; code: () => string }[] {
  const names = namesIn(bundle);
  return Object.entries(PLACES).flatMap(([kind, place]) =>
    names[kind as keyof Names].map((name) => ({
      kind: kind as keyof Names,
      name,
      code: () => edited(bundle, [place(name), `${name}Anew`]),
    })),
  );
}
