import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';

/**
 * Plays the customers: does what is expected of them, `delayMs` after each item came up. Looks at the outbox itself, so it also
 * takes up what was open before a restart. Answers the function that stops it.
 */
export function autoplay(outbox: Outbox, people: People, delayMs: number): () => void {
  const refused = new Set<string>();
  const timer = setInterval(
    () => {
      for (const item of outbox.open()) {
        if (refused.has(item.id) || Date.now() - Date.parse(item.createdAt) < delayMs) continue;
        try {
          people.act(item.id);
        } catch {
          // What a person can't do either, such as an item whose account is gone: it stays open on the outbox page.
          refused.add(item.id);
        }
      }
    },
    Math.min(200, Math.max(10, delayMs)),
  );
  return () => clearInterval(timer);
}
