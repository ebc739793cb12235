/** How many event ids a run remembers. A sender that repeats an event does so within minutes, not after this many others. */
const REMEMBERED = 200;

/** The ids with this one added, or `undefined` when it was seen before. */
export function remember(seen: readonly string[], eventId: string): string[] | undefined {
  if (seen.includes(eventId)) return undefined;
  return [...seen, eventId].slice(-REMEMBERED);
}

interface Hinted {
  /** Facts reported from outside so far, by kind. A wait looks again when its number has grown. */
  hints: Record<string, number>;
  seenEvents: string[];
}

/** Takes a fact from outside once: the same event id a second time changes nothing. */
export function takeHint<S extends Hinted>(state: S, kind: string & keyof S['hints'], eventId: string): S {
  const seenEvents = remember(state.seenEvents, `${kind}:${eventId}`);
  if (!seenEvents) return state;
  return { ...state, seenEvents, hints: { ...state.hints, [kind]: state.hints[kind]! + 1 } };
}
