import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { OnboardingResult, Progress } from '../../contract/progress.ts';
import { problemOf } from '../problems/of-error.ts';
import { documentOf } from '../problems/problem.ts';
import { progressSchema, resultSchema } from './outputs.ts';

export interface StreamOptions {
  /** Of the last event that the caller has; what it has already is not sent again. */
  lastEventId: string | undefined;
  /** Id of the event that ends the stream. */
  lastId: () => Promise<string>;
  /** For the log, as the answer has begun with success. */
  failed: (error: unknown) => void;
  /** Milliseconds between two signs of life. */
  heartbeat: number;
  /** Whether the caller may hear no more: the stream ends at the next sign of life, and with nothing more of the run. */
  isOver: () => boolean;
}

/** After how long a browser comes back, in milliseconds. */
const RETRY = 2000;
const BEAT = ':\n\n';

/**
 * The story of a run as server-sent events (html.spec.whatwg.org, section 9.2): `progress` at each change, at the end `result`,
 * or `problem` for a run that left none. Each `progress` is the whole story, so who was away misses nothing by the ones between.
 */
export async function* eventStream(
  stories: AsyncGenerator<Progress, OnboardingResult | undefined>,
  { lastEventId, lastId, failed, heartbeat, isOver }: StreamOptions,
): AsyncGenerator<string, void> {
  yield `retry: ${RETRY}\n\n`;
  try {
    for (;;) {
      const looking = stories.next();
      for await (const beat of beatsDuring(looking, heartbeat)) {
        if (isOver()) return;
        yield beat;
      }
      const next = await looking;
      if (isOver()) return;
      if (next.done) {
        if (next.value) yield event('result', await lastId(), resultSchema.parse(next.value));
        return;
      }
      const story = progressSchema.parse(next.value);
      const id = digest(story);
      if (id !== lastEventId) yield event('progress', id, story);
    }
  } catch (error) {
    failed(error);
    // Of a run that failed it is the last event, too.
    yield event('problem', await lastId().catch(() => undefined), documentOf(problemOf(error)));
  }
}

/** Subscribes once, however long it takes: a race at each beat would leave something behind at each. */
async function* beatsDuring(work: Promise<unknown>, every: number): AsyncGenerator<string, void> {
  const done = new AbortController();
  const end = (): void => done.abort();
  work.then(end, end);
  for (;;) {
    await pause(every, undefined, { signal: done.signal }).catch(() => undefined);
    if (done.signal.aborted) return;
    yield BEAT;
  }
}

function event(name: string, id: string | undefined, data: unknown): string {
  const lines = [`event: ${name}`, ...(id === undefined ? [] : [`id: ${id}`]), `data: ${JSON.stringify(data)}`];
  return `${lines.join('\n')}\n\n`;
}

function digest(story: Progress): string {
  return createHash('sha256').update(JSON.stringify(story)).digest('base64url').slice(0, 16);
}
