import { getEventListeners } from 'node:events';
import { watch } from '../../../client/temporal/watch.ts';

const LOOKS = 200;

test('a run that is followed for long leaves nothing behind at its looks', async () => {
  const { signal } = new AbortController();
  const listening: number[] = [];
  let looks = 0;
  const source = {
    look: async () => ({ mark: String(looks), ended: (looks += 1) > LOOKS }),
    progress: async () => {
      listening.push(getEventListeners(signal, 'abort').length);
      return { looks };
    },
    result: async () => 'the result',
  };
  const subscribed = promisesSubscribedTo();
  const stories = watch(source, { signal, every: 0 });
  let next = await stories.next();
  while (!next.done) next = await stories.next();
  const reactions = new Map<unknown, number>();
  for (const promise of subscribed.end()) reactions.set(promise, (reactions.get(promise) ?? 0) + 1);

  expect(next.value).toBe('the result');
  expect(listening.length).toBeGreaterThan(LOOKS);
  expect(Math.max(...listening)).toBeLessThanOrEqual(2);
  expect(reactions.size).toBeGreaterThan(LOOKS);
  expect(Math.max(...reactions.values())).toBeLessThan(5);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a caller that has let go before an answer is asked for is not kept waiting for one', async () => {
  const letGo = new AbortController();
  const never = new Promise<never>(() => undefined);
  const source = {
    look: async () => ({ mark: 'x', ended: true }),
    progress: async () => 'the story',
    result: () => never,
  };
  const stories = watch(source, { signal: letGo.signal, every: 0 });
  expect(await stories.next()).toEqual({ done: false, value: 'the story' });
  letGo.abort();
  expect(await stories.next()).toEqual({ done: true, value: undefined });
});

/** By hand, because a spy of the test runner's subscribes to what it sees returned. */
function promisesSubscribedTo(): { end: () => unknown[] } {
  const then: unknown = Reflect.get(Promise.prototype, 'then');
  const seen: unknown[] = [];
  const recorded = function (this: unknown, ...reactions: unknown[]): unknown {
    seen.push(this);
    return Reflect.apply(then as () => unknown, this, reactions);
  };
  Reflect.set(Promise.prototype, 'then', recorded);
  return {
    end: () => {
      Reflect.set(Promise.prototype, 'then', then);
      return seen;
    },
  };
}
